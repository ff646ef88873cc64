package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.config.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The first project of a running Penstock, asked in the words of PostHog. Tables are loaded in
 * those of Hydrolix, in files of at most a quarter of an hour.
 */
public final class PosthogProject implements AutoCloseable {
  /** Of the API. */
  public static final String BASE = "/api/projects/1/batch_exports/";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> OVER =
      List.of("Completed", "Cancelled", "Failed", "FailedRetryable", "Terminated", "TimedOut");
  private static final String PROJECT = "p_lake";

  private final PenstockProcess penstock;
  private final S3Client s3;
  private final String id;
  private final Map<String, String> tables = new HashMap<>();

  private PosthogProject(PenstockProcess penstock) throws Exception {
    this.penstock = penstock;
    this.id = penstock.post("projects/", "{\"name\": \"" + PROJECT + "\"}").path("uuid").asText();
    this.s3 =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint()))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(accessKeyId(), secretAccessKey())))
            .build();
  }

  /** Makes it. */
  public static PosthogProject make(PenstockProcess penstock) throws Exception {
    return new PosthogProject(penstock);
  }

  public String endpoint() {
    return penstock.setting(Settings.STORAGE_ENDPOINT);
  }

  private String accessKeyId() {
    return penstock.setting(Settings.STORAGE_ACCESS_KEY_ID);
  }

  private String secretAccessKey() {
    return penstock.setting(Settings.STORAGE_SECRET_ACCESS_KEY);
  }

  /**
   * @param columns of the transform, JSON with single quotes; one of them is primary
   */
  public void newTable(String name, String columns) throws Exception {
    String path = "projects/" + id + "/tables/";
    JsonNode table = penstock.post(path, "{\"name\": \"" + name + "\"}");
    JsonNode transform =
        penstock.post(
            path + table.path("uuid").asText() + "/transforms",
            "{'name': '%s', 'type': 'json', 'settings': {'compression': 'none', 'output_columns': [%s]}}"
                .formatted(name, columns)
                .replace('\'', '"'));
    assertThat(transform.has("uuid")).as(transform.toString()).isTrue();
    tables.put(name, transform.path("name").asText());
  }

  /**
   * Loads lines of JSON into the table, and waits for it.
   *
   * @param batch that no other one of the table is called
   */
  public void load(String table, String batch, byte[]... objects) throws Exception {
    String prefix = "in/" + table + "-" + batch + "/";
    for (int i = 0; i < objects.length; i++) {
      penstock.put(prefix + i + ".json", objects[i]);
    }
    JsonNode job =
        penstock.post(
            "jobs/batch",
            """
            {'name': '%s %s', 'type': 'batch_import', 'settings': {
              'source': {'table': '%s.%s', 'type': 'batch', 'subtype': 'aws s3', 'transform': '%s',
                'settings': {'url': 's3://landing/%s'}}}}"""
                .formatted(table, batch, PROJECT, table, tables.get(table), prefix)
                .replace('\'', '"'));
    assertThat(job.has("uuid")).as(job.toString()).isTrue();
    JsonNode done = penstock.await(job.path("uuid").asText(), "done");
    assertThat(done.at("/details/counters/rows_rejected").asLong()).as(done.toString()).isZero();
  }

  /** Lines of JSON, as DuckDB writes them. */
  public static byte[] lines(Connection duckDb, String query) throws Exception {
    Path file = Files.createTempFile("penstock", ".json");
    try (Statement statement = duckDb.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (FORMAT json)".formatted(query, file));
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  /**
   * @param body JSON with single quotes in place of double ones
   */
  public JsonNode ask(String method, String path, String body) throws Exception {
    return penstock.ask(method, path, body.replace('\'', '"'));
  }

  public JsonNode get(String path) throws Exception {
    return ask("GET", path, "");
  }

  /** A destination of the inline type, in the local store's bucket {@code landing}. */
  public String inline(String prefix, String more) {
    return inline(endpoint(), "landing", prefix, more);
  }

  /**
   * @param more of the configuration, beginning with a comma; or empty
   */
  public String inline(String endpoint, String bucket, String prefix, String more) {
    return """
        {'type': 'S3', 'config': {'bucket_name': '%s', 'region': 'us-east-1', 'prefix': '%s',
          'endpoint_url': '%s', 'aws_access_key_id': '%s', 'aws_secret_access_key': '%s'%s}}"""
        .formatted(bucket, prefix, endpoint, accessKeyId(), secretAccessKey(), more);
  }

  /** A destination of the newer type; its integration is made. */
  public String compatible(String prefix, String more) throws Exception {
    JsonNode integration =
        ask(
            "POST",
            "/api/projects/1/integrations/",
            """
            {'kind': 's3-compatible', 'config': {'name': 'i%d', 'endpoint_url': '%s',
              'aws_access_key_id': '%s', 'aws_secret_access_key': '%s'}}"""
                .formatted(System.nanoTime(), endpoint(), accessKeyId(), secretAccessKey()));
    assertThat(integration.has("id")).as(integration.toString()).isTrue();
    return """
        {'type': 'S3Compatible', 'integration': %d, 'config': {'bucket_name': 'landing',
          'region': 'us-east-1', 'prefix': '%s'%s}}"""
        .formatted(integration.path("id").asInt(), prefix, more);
  }

  /**
   * Makes an hourly export.
   *
   * @param more of the export, beginning with a comma; or empty
   * @return its path, without a slash at the end
   */
  public String export(String model, String destination, String more) throws Exception {
    JsonNode export =
        ask(
            "POST",
            BASE,
            "{'name': 'e', 'interval': 'hour', 'model': '%s', 'destination': %s%s}"
                .formatted(model, destination, more));
    assertThat(export.has("id")).as(export.toString()).isTrue();
    return BASE + export.path("id").asText();
  }

  /**
   * @param start JSON: a text, or null
   * @return its path
   */
  public String backfill(String export, String start, Instant end) throws Exception {
    JsonNode made =
        ask(
            "POST",
            export + "/backfills/",
            "{'start_at': %s, 'end_at': '%s'}".formatted(start, end));
    assertThat(made.has("backfill_id")).as(made.toString()).isTrue();
    return export + "/backfills/" + made.path("backfill_id").asText();
  }

  public String backfill(String export, Instant start, Instant end) throws Exception {
    return backfill(export, "'" + start + "'", end);
  }

  /** Waits for a run's or a backfill's end. */
  public JsonNode over(String path) {
    return await()
        .atMost(PATIENCE)
        .until(() -> get(path), one -> OVER.contains(one.path("status").asText()));
  }

  /** Waits for a backfill, and gives its runs, oldest interval first. */
  public List<JsonNode> runs(String export, String backfill) throws Exception {
    assertThat(over(backfill).path("status").asText()).isEqualTo("Completed");
    String ofIt = backfill.substring(backfill.lastIndexOf('/') + 1);
    return runs(export).stream().filter(run -> run.path("backfill").asText().equals(ofIt)).toList();
  }

  /** All runs of an export, oldest interval first. */
  public List<JsonNode> runs(String export) throws Exception {
    List<JsonNode> runs = new ArrayList<>();
    get(export + "/runs/?ordering=data_interval_start&start=-20y&end=" + Instant.now())
        .path("results")
        .forEach(runs::add);
    return runs;
  }

  /** The only run of a backfill, when it has ended. */
  public JsonNode run(String export, Instant start, Instant end) throws Exception {
    List<JsonNode> runs = runs(export, backfill(export, start, end));
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  /** Sizes by key. */
  public Map<String, Long> objects(String bucket, String prefix) {
    Map<String, Long> objects = new TreeMap<>();
    for (S3Object object :
        s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents()) {
      objects.put(object.key(), object.size());
    }
    return objects;
  }

  public byte[] object(String bucket, String key) {
    return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
  }

  public String etag(String bucket, String key) {
    return s3.headObject(r -> r.bucket(bucket).key(key)).eTag();
  }

  public void put(String bucket, String key, byte[] bytes) {
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
  }

  public void makeBucket(String bucket) {
    s3.createBucket(r -> r.bucket(bucket));
  }

  public void deleteBucket(String bucket) {
    s3.deleteBucket(r -> r.bucket(bucket));
  }

  /** Keys of uploads that are neither completed nor given up. */
  public List<String> openUploads(String bucket, String prefix) {
    return s3.listMultipartUploads(r -> r.bucket(bucket)).uploads().stream()
        .map(upload -> upload.key())
        .filter(key -> key.startsWith(prefix))
        .toList();
  }

  /** Below HTTP: what a test cannot wait for, or no request brings about. */
  public void sql(String update) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                penstock.setting(Settings.DATABASE_URL),
                penstock.setting(Settings.DATABASE_USER),
                penstock.setting(Settings.DATABASE_PASSWORD));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(update)).as(update).isOne();
    }
  }

  /**
   * The export's schedule stands where it would if nothing had been scheduled since then. It is
   * looked at anew when the export is changed.
   */
  public void scheduledUntil(String export, Instant boundary) throws SQLException {
    sql(
        "UPDATE export SET body = jsonb_set(body, '{schedule,passed}', to_jsonb('%s'::text)) WHERE id = '%s'"
            .formatted(boundary, export.substring(export.lastIndexOf('/') + 1)));
  }

  /** The export has been paused since then. */
  public void pausedSince(String export, Instant moment) throws SQLException {
    sql(
        """
        UPDATE export SET body = jsonb_set(jsonb_set(body,
            '{schedule,pausedAt}', to_jsonb('%1$s'::text)), '{lastPausedAt}', to_jsonb('%1$s'::text))
          WHERE id = '%2$s'"""
            .formatted(moment, export.substring(export.lastIndexOf('/') + 1)));
  }

  /** Has the schedule looked at: every change does that. */
  public void look(String export) throws Exception {
    assertThat(ask("PATCH", export, "{'name': 'looked at %d'}".formatted(System.nanoTime())))
        .isNotNull();
  }

  @Override
  public void close() {
    s3.close();
  }
}

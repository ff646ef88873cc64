package io.penstock.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.control.config.Setting;
import io.penstock.control.config.Settings;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.JobService;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TableRef;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.StorageAccess;
import io.penstock.control.store.Database;
import io.penstock.control.store.JdbiJobStore;
import io.penstock.spec.ObjectSelection;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A running Penstock, in a process of its own that can be killed, and what tests ask of it. */
public final class PenstockProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final String READY = "Penstock is ready.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String EVENTS =
      """
      {"name": "events", "type": "json", "settings": {"compression": "gzip", "output_columns": [
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
        {"name": "id", "datatype": {"type": "int64"}},
        {"name": "name", "datatype": {"type": "string"}}]}}""";

  /** Without a header: a day and an id. */
  static final String ORDERS_CSV =
      """
      {"name": "events", "type": "csv", "settings": {"compression": "gzip", "output_columns": [
        {"name": "at", "datatype": {"type": "datetime", "primary": true, "format": "2006-01-02", "source": {"from_input_index": 0}}},
        {"name": "id", "datatype": {"type": "int64", "source": {"from_input_index": 1}}}]}}""";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Optional<Process> process;
  private final String api;
  private final String key;
  private final Settings settings;
  private final S3Client s3;
  private String organization;

  private PenstockProcess(Optional<Process> process, String api, String key, Settings settings) {
    this.process = process;
    this.api = api;
    this.key = key;
    this.settings = settings;
    this.s3 =
        S3Client.builder()
            .endpointOverride(URI.create(settings.get(Settings.STORAGE_ENDPOINT)))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        settings.get(Settings.STORAGE_ACCESS_KEY_ID),
                        settings.get(Settings.STORAGE_SECRET_ACCESS_KEY))))
            .build();
  }

  /**
   * Returns when it serves.
   *
   * @param settings of the control API, {@code key=value} each
   */
  static PenstockProcess start(Path data, String... settings) throws Exception {
    Files.createDirectories(data);
    Path out = data.resolve("out.txt");
    Files.deleteIfExists(out);
    Path dist = Path.of("target", "penstock").toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    for (String one : List.of("util", "lang", "net", "io", "nio", "time", "util.concurrent")) {
      command.add("--add-opens=java.base/java." + one + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            // Outlives the test, for whoever wonders why it failed.
            "-Dpenstock.log=" + Path.of("target", "log", data.getFileName().toString()),
            "-cp",
            dist.resolve("penstock-standalone.jar")
                + File.pathSeparator
                + dist.resolve("lib")
                + "/*",
            "io.penstock.standalone.Main",
            "start",
            "--data",
            data.toString(),
            "--job-jar",
            dist.resolve("job/penstock-job.jar").toString(),
            "--http-port",
            "0",
            "--flink-port",
            "0",
            "--s3-port",
            "0"));
    for (String setting : settings) {
      command.addAll(List.of("--setting", setting));
    }
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      String said =
          Awaitility.await()
              .atMost(PATIENCE)
              .until(
                  () -> Files.readString(out), text -> text.contains(READY) || !process.isAlive());
      if (!said.contains(READY)) {
        throw new AssertionError("Penstock did not start: " + Files.readString(out));
      }
    } catch (ConditionTimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("Penstock did not start: " + Files.readString(out), e);
    }
    String api =
        Files.readString(out)
            .lines()
            .filter(line -> line.startsWith("API: "))
            .map(line -> line.substring(5).strip())
            .findFirst()
            .orElseThrow();
    Settings written = Settings.load(Optional.of(data.resolve(Standalone.SETTINGS_FILE)), Map.of());
    PenstockProcess started =
        new PenstockProcess(
            Optional.of(process), api, Files.readString(data.resolve("api-key")).strip(), written);
    started.organization = started.get("/config/v1/orgs/").get(0).path("uuid").asText();
    return started;
  }

  /** One that others have started. */
  public static PenstockProcess running(String api, Path data) throws Exception {
    Settings settings =
        Settings.load(Optional.of(data.resolve(Standalone.SETTINGS_FILE)), Map.of());
    PenstockProcess running =
        new PenstockProcess(
            Optional.empty(), api, Files.readString(data.resolve("api-key")).strip(), settings);
    running.organization = running.get("/config/v1/orgs/").get(0).path("uuid").asText();
    return running;
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.orElseThrow().destroyForcibly();
    process.orElseThrow().onExit().join();
  }

  public static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  public void put(String key, byte[] bytes) {
    s3.putObject(r -> r.bucket("landing").key(key), RequestBody.fromBytes(bytes));
  }

  /** With a transform for {@link #EVENTS}; returns {@code project.table}. */
  public String newTable(String name) throws Exception {
    return newTable(name, EVENTS);
  }

  /** With a transform called {@code events}; returns {@code project.table}. */
  String newTable(String name, String transform) throws Exception {
    String project = "p_" + name;
    String projectId = post("projects/", "{\"name\": \"" + project + "\"}").path("uuid").asText();
    String tables = "projects/" + projectId + "/tables/";
    String tableId = post(tables, "{\"name\": \"" + name + "\"}").path("uuid").asText();
    JsonNode made = post(tables + tableId + "/transforms", transform);
    if (!made.has("uuid")) {
      throw new AssertionError(made.toString());
    }
    return project + "." + name;
  }

  public String submit(String table, String name, String url) throws Exception {
    JsonNode job =
        post(
            "jobs/batch",
            """
            {"name": "%s", "type": "batch_import", "settings": {"input_aggregation": 0,
              "source": {"table": "%s", "type": "batch", "subtype": "aws s3", "transform": "events",
                "settings": {"url": "%s"}}}}"""
                .formatted(name, table, url));
    if (!job.has("uuid")) {
      throw new AssertionError(job.toString());
    }
    return job.path("uuid").asText();
  }

  /**
   * As a dialect does that publishes all of a job at once. The job is what its twin made through
   * HTTP is, but for that.
   */
  String submitPublishingByJob(String table, String name, String prefix) throws Exception {
    UUID organizationId = UUID.fromString(organization);
    String twinId = submit(table, name + " twin", "s3://landing/empty/");
    await(twinId, "done");
    try (Database database =
        Database.open(
            settings.get(Settings.DATABASE_URL),
            settings.get(Settings.DATABASE_USER),
            settings.get(Settings.DATABASE_PASSWORD))) {
      JobService jobs =
          new JobService(
              new JdbiJobStore(database, Clock.systemUTC()), Clock.systemUTC(), () -> {});
      Job twin = jobs.find(organizationId, UUID.fromString(twinId)).orElseThrow();
      JobDefinition like = twin.definition();
      JobDefinition.Source source = like.source();
      JobRequest request =
          new JobRequest(
              UUID.randomUUID(),
              organizationId,
              name,
              Optional.empty(),
              twin.dialect(),
              twin.submitted(),
              new JobDefinition(
                  like.table(),
                  like.transformName(),
                  like.transform(),
                  new JobDefinition.Source(
                      source.connection(),
                      source.endpoint(),
                      source.region(),
                      source.urlScheme(),
                      source.bucket(),
                      new ObjectSelection.Prefix(prefix),
                      "",
                      0,
                      0),
                  like.limits(),
                  like.maxParallelTasks(),
                  like.failurePolicy(),
                  PublishMode.JOB,
                  false),
              twin.createdBy());
      return jobs.create(request).id().toString();
    }
  }

  public JsonNode cancel(String id) throws Exception {
    return post("jobs/batch/" + id + "/cancel", "");
  }

  public JsonNode job(String id) throws Exception {
    return get("/config/v1/orgs/" + organization + "/jobs/batch/" + id);
  }

  public JsonNode await(String id, String status) throws Exception {
    JsonNode job =
        until(id, j -> List.of("done", "failed", "canceled").contains(j.path("status").asText()));
    if (!job.path("status").asText().equals(status)) {
      throw new AssertionError(job.toPrettyString());
    }
    return job;
  }

  /** Until it has read something, or has ended. */
  public void awaitProgress(String id) throws Exception {
    until(
        id,
        j ->
            j.at("/details/counters/rows_read").asLong() > 0
                && List.of("running", "done").contains(j.path("status").asText()));
  }

  public JsonNode awaitReceipt(String id) throws Exception {
    return until(id, j -> j.path("details").has("cancel_receipt"));
  }

  private JsonNode until(String id, Predicate<JsonNode> condition) throws Exception {
    return Awaitility.await().atMost(PATIENCE).until(() -> job(id), condition);
  }

  /** The ids of all rows that Iceberg says are in the table. */
  public List<Long> ids(String table) throws Exception {
    int dot = table.indexOf('.');
    UUID any = new UUID(0, 0);
    TableRef ref = new TableRef(any, table.substring(0, dot), any, table.substring(dot + 1));
    List<Long> ids = new ArrayList<>();
    try (IcebergTables tables = tables();
        Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        CloseableIterable<FileScanTask> tasks =
            tables.load(ref).orElseThrow().newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        URI url = URI.create(task.file().location());
        // DuckDB keeps what it read of a path, and may take another file there for the same.
        Path copy = Files.createTempFile("penstock", ".parquet");
        Files.write(
            copy,
            s3.getObjectAsBytes(r -> r.bucket(url.getHost()).key(url.getPath().substring(1)))
                .asByteArray());
        try (ResultSet rows =
            statement.executeQuery("SELECT id FROM read_parquet('" + copy + "')")) {
          while (rows.next()) {
            ids.add(rows.getLong(1));
          }
        } finally {
          Files.delete(copy);
        }
      }
    }
    return ids;
  }

  private IcebergTables tables() {
    return IcebergTables.toRead(
        settings.get(Settings.DATABASE_URL),
        settings.get(Settings.DATABASE_USER),
        settings.get(Settings.DATABASE_PASSWORD),
        new StorageAccess(
            Optional.of(URI.create(settings.get(Settings.STORAGE_ENDPOINT))),
            "us-east-1",
            true,
            settings.get(Settings.STORAGE_BUCKET),
            "",
            settings.get(Settings.STORAGE_ACCESS_KEY_ID),
            settings.get(Settings.STORAGE_SECRET_ACCESS_KEY)));
  }

  public String polaris(String table) {
    return "/v1/projects/" + table.substring(0, table.indexOf('.'));
  }

  public JsonNode get(String path) throws Exception {
    return JSON.readTree(send("GET", path, key, "").body());
  }

  /** Below the organization. */
  public JsonNode post(String path, String body) throws Exception {
    return JSON.readTree(
        send("POST", "/config/v1/orgs/" + organization + "/" + path, key, body).body());
  }

  JsonNode put(String path, String body) throws Exception {
    return ask("PUT", path, body);
  }

  public JsonNode ask(String method, String path, String body) throws Exception {
    return JSON.readTree(send(method, path, key, body).body());
  }

  String setting(Setting<String> setting) {
    return settings.get(setting);
  }

  /** Jobs that Flink has not ended. */
  long activeFlinkJobs() throws Exception {
    HttpResponse<String> jobs =
        http.send(
            HttpRequest.newBuilder(URI.create(settings.get(Settings.FLINK_URL) + "/jobs")).build(),
            HttpResponse.BodyHandlers.ofString());
    List<String> over = List.of("FINISHED", "CANCELED", "FAILED");
    return JSON.readTree(jobs.body()).path("jobs").findValuesAsText("status").stream()
        .filter(status -> !over.contains(status))
        .count();
  }

  public int status(String method, String path, String apiKey) throws Exception {
    return send(method, path, apiKey, "").statusCode();
  }

  private HttpResponse<String> send(String method, String path, String apiKey, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}

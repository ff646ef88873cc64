package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.config.Settings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polaris jobs over HTTP, from the connection to the rows: real Flink, PostgreSQL, S3, Iceberg. */
final class PolarisITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> OVER = List.of("completed", "failed", "canceled");
  private static final String PROJECT = "/v1/projects/p_rides";

  @TempDir static Path folder;
  private static PenstockProcess penstock;

  @BeforeAll
  static void start() throws Exception {
    penstock = PenstockProcess.start(folder.resolve("data"));
    penstock.post("projects/", "{\"name\": \"p_rides\"}");
    JsonNode connection =
        ask(
            "POST",
            "/connections",
            """
            {'type': 's3', 'name': 'acme-raw', 'bucket': 'landing', 'awsEndpoint': '%s',
             'prefix': 'rides/', 'secrets': {'type': 'access_key', 'accessKeyId': '%s',
               'accessKeySecret': '%s'}}"""
                .formatted(
                    penstock.setting(Settings.STORAGE_ENDPOINT),
                    penstock.setting(Settings.STORAGE_ACCESS_KEY_ID),
                    penstock.setting(Settings.STORAGE_SECRET_ACCESS_KEY)));
    assertThat(connection.path("name").asText()).as(connection.toString()).isEqualTo("acme-raw");
  }

  @AfterAll
  static void stop() {
    penstock.kill();
  }

  private static JsonNode ask(String method, String path, String body) throws Exception {
    return penstock.ask(method, PROJECT + path, body.replace('\'', '"'));
  }

  /** Returns the job's id. */
  private static String submit(String table, String prefix, String more) throws Exception {
    JsonNode job =
        ask(
            "POST",
            "/jobs",
            """
            {'type': 'batch', 'target': {'type': 'table', 'tableName': '%s'},
             'createTableIfNotExists': true, 'partitionedBy': 'day',
             'source': {'type': 's3', 'connectionName': 'acme-raw', 'prefixes': ['%s'],
               'formatSettings': {'format': 'nd-json'},
               'inputSchema': [{'name': 'at', 'dataType': 'string'},
                 {'name': 'id', 'dataType': 'long'}, {'name': 'city', 'dataType': 'string'}]},
             'mappings': [{'columnName': '__time', 'expression': 'TIME_PARSE(\\'at\\')'},
               {'columnName': 'id', 'expression': 'id'},
               {'columnName': 'city', 'expression': 'city'}]%s}"""
                .formatted(table, prefix, more));
    assertThat(job.has("id")).as(job.toString()).isTrue();
    return job.path("id").asText();
  }

  private static String status(JsonNode job) {
    return job.path("executionStatus").asText();
  }

  private static JsonNode ended(String id) {
    return await()
        .atMost(PATIENCE)
        .until(() -> ask("GET", "/jobs/" + id, ""), job -> OVER.contains(status(job)));
  }

  private static JsonNode ended(String id, String status) throws Exception {
    JsonNode job = ended(id);
    assertThat(job.path("executionStatus").asText()).as(job.toPrettyString()).isEqualTo(status);
    return job;
  }

  private static void put(String key, String... lines) {
    penstock.put(key, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static String row(int day, int id) {
    return "{\"at\": \"2024-06-0%dT10:00:00Z\", \"id\": %d, \"city\": \"Oslo\"}".formatted(day, id);
  }

  @Test
  void aJobLoadsItsRowsAndSaysWhatItRejected() throws Exception {
    put("rides/load/a.json", row(1, 1), row(1, 2), "{\"at\": ");
    put("rides/load/b.json", row(2, 3));

    String id = submit("loaded", "rides/load/", ", 'maxParseExceptions': 1");
    JsonNode job = ended(id, "completed");

    assertThat(penstock.ids("p_rides.loaded")).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(job.at("/health/code").asText()).isEqualTo("invalid_rows_found");
    JsonNode totals = ask("GET", "/jobs/" + id + "/metrics", "").path("totals");
    assertThat(totals.path("numRowsProcessed").asInt()).isEqualTo(3);
    assertThat(totals.path("numRowsSkippedByError").asInt()).isEqualTo(1);
    assertThat(totals.path("numRowsPersisted").asInt()).isEqualTo(3);
    assertThat(ask("GET", "/jobs/" + id + "/progress", "").path("overallProgress").asInt())
        .isEqualTo(1);
  }

  @Test
  void oneRejectTooManyFailsTheJobAndTheTableStaysAsItWas() throws Exception {
    put("rides/strict/a.json", row(1, 1));
    ended(submit("strict", "rides/strict/a", ""), "completed");
    put("rides/strict/b.json", row(2, 2), "[]", "5");

    JsonNode job = ended(submit("strict", "rides/strict/b", ", 'maxParseExceptions': 1"), "failed");

    assertThat(job.at("/health/code").asText()).isEqualTo("cannot_parse_source");
    assertThat(penstock.ids("p_rides.strict")).containsExactly(1L);
  }

  @Test
  void aRowWithoutATimeFailsTheJobUnlessItMayBeSkipped() throws Exception {
    put("rides/timeless/a.json", row(1, 1), "{\"id\": 2}");

    JsonNode failed = ended(submit("timeless", "rides/timeless/", ""), "failed");
    ended(
        submit("timeless", "rides/timeless/", ", 'context': {'penstock.nullTimestamp': 'skip'}"),
        "completed");

    assertThat(failed.at("/health/code").asText()).isEqualTo("null_timestamp");
    assertThat(failed.at("/health/message").asText())
        .contains("s3://landing/rides/timeless/a.json line 2")
        .contains("{\"id\": 2}");
    assertThat(penstock.ids("p_rides.timeless")).containsExactly(1L);
  }

  @Test
  void aReplacementTakesThePlaceOfEverythingAndAnEmptyOneOfNothing() throws Exception {
    put("rides/old/a.json", row(1, 1), row(2, 2));
    put("rides/new/a.json", row(1, 11));
    String replace = ", 'ingestionMode': 'replace', 'replaceAll': true";
    ended(submit("replaced", "rides/old/", ""), "completed");

    ended(submit("replaced", "rides/new/", replace), "completed");
    JsonNode empty = ended(submit("replaced", "rides/nothing/", replace), "failed");

    assertThat(empty.at("/health/code").asText()).isEqualTo("no_rows_ingested");
    assertThat(penstock.ids("p_rides.replaced")).containsExactly(11L);
  }

  @Test
  void anIntervalIsReplacedAndRowsOutsideOfItAreNotLoaded() throws Exception {
    put("rides/days/a.json", row(1, 1), row(2, 2), row(3, 3));
    put("rides/again/a.json", row(2, 12), row(3, 13));
    ended(submit("days", "rides/days/", ""), "completed");

    JsonNode made =
        ask(
            "POST",
            "/jobs",
            """
            {'type': 'batch', 'ingestionMode': 'replace',
             'target': {'type': 'table', 'tableName': 'days', 'intervals': ['2024-06-02/P1D']},
             'source': {'type': 's3', 'connectionName': 'acme-raw', 'pattern': 'rides/ag*/?.json',
               'inputSchema': [{'name': 'at', 'dataType': 'timestamp'},
                 {'name': 'id', 'dataType': 'long'}]},
             'mappings': [{'columnName': '__time', 'expression': '\\'at\\''},
               {'columnName': 'id', 'expression': 'id'}]}""");
    ended(made.path("id").asText(), "completed");

    assertThat(penstock.ids("p_rides.days")).containsExactlyInAnyOrder(1L, 12L, 3L);
    JsonNode totals =
        ask("GET", "/jobs/" + made.path("id").asText() + "/metrics", "").path("totals");
    assertThat(totals.path("numRowsSkippedByFilter").asInt()).isEqualTo(1);
    assertThat(totals.path("numRowsPersisted").asInt()).isEqualTo(1);
  }

  @Test
  void csvThatTheRequestBringsAlongIsLoaded() throws Exception {
    JsonNode made =
        ask(
            "POST",
            "/jobs",
            """
            {'type': 'batch', 'target': {'type': 'table', 'tableName': 'inline'},
             'createTableIfNotExists': true, 'maxParseExceptions': 0,
             'source': {'type': 'inline', 'data': 'ms,id\\n1717200000000,1\\n1717286400000,2',
               'formatSettings': {'format': 'csv'},
               'inputSchema': [{'name': 'ms', 'dataType': 'long'},
                 {'name': 'id', 'dataType': 'long'}]},
             'mappings': [{'columnName': '__time', 'expression': 'MILLIS_TO_TIMESTAMP(ms)'},
               {'columnName': 'id', 'expression': 'id'}]}""");
    assertThat(made.has("id")).as(made.toString()).isTrue();

    ended(made.path("id").asText(), "completed");

    assertThat(penstock.ids("p_rides.inline")).containsExactlyInAnyOrder(1L, 2L);
    JsonNode table = ask("GET", "/tables/inline", "");
    assertThat(table.path("totalRows").asInt()).isEqualTo(2);
    assertThat(table.path("segmentCount").asInt()).isEqualTo(2);
    assertThat(ask("GET", "/jobs/" + made.path("id").asText() + "/logs", "").path("logs"))
        .extracting(entry -> entry.path("code").asText())
        .containsExactly("created", "started", "planned", "completed");
  }

  /** One task of so many rows that it is far from its end when the wish arrives. */
  @Test
  void aSuspendedJobGoesOnAndLoadsEveryRowOnce() throws Exception {
    int members = 3_000;
    String[] lines = new String[4_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = row(1 + i % 3, i);
    }
    byte[] member = PenstockProcess.gzip(String.join("\n", lines) + "\n");
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    for (int i = 0; i < members; i++) {
      object.write(member);
    }
    penstock.put("rides/paused/a.json.gz", object.toByteArray());
    String id = submit("paused", "rides/paused/", "");
    awaited(id, "running");

    ask("PUT", "/jobs/" + id, "{'desiredExecutionStatus': 'suspended'}");
    awaited(id, "suspended");
    assertThat(ask("GET", "/tables/paused", "").path("totalRows").asInt()).isZero();
    ask("POST", "/jobs/" + id + "/status", "{'desiredExecutionStatus': 'running'}");
    ended(id, "completed");

    JsonNode totals = ask("GET", "/jobs/" + id + "/metrics", "").path("totals");
    assertThat(totals.path("numRowsPersisted").asInt()).isEqualTo(members * lines.length);
    assertThat(ask("GET", "/tables/paused", "").path("totalRows").asInt())
        .isEqualTo(members * lines.length);
  }

  /** Fails if the job ends otherwise. */
  private static void awaited(String id, String status) throws Exception {
    String reached =
        await()
            .atMost(PATIENCE)
            .until(
                () -> status(ask("GET", "/jobs/" + id + "/status", "")),
                now -> now.equals(status) || OVER.contains(now));
    assertThat(reached).isEqualTo(status);
  }

  @Test
  void rowsAreFilteredAndComputedAndLossesAreCounted() throws Exception {
    put(
        "rides/sql/a.json",
        row(1, 1),
        row(1, 2),
        row(1, 3),
        "{\"at\": \"2024-06-01T10:00:00Z\", \"id\": \"four\", \"city\": \"Oslo\"}");
    JsonNode made =
        ask(
            "POST",
            "/jobs",
            """
            {'type': 'batch', 'target': {'type': 'table', 'tableName': 'computed'},
             'createTableIfNotExists': true, 'filterExpression': 'id <> 2 OR id IS NULL',
             'source': {'type': 's3', 'connectionName': 'acme-raw', 'prefixes': ['rides/sql/'],
               'formatSettings': {'format': 'nd-json'},
               'inputSchema': [{'name': 'at', 'dataType': 'timestamp'},
                 {'name': 'id', 'dataType': 'long'}]},
             'mappings': [{'columnName': '__time', 'expression': '\\'at\\''},
               {'columnName': 'id', 'expression': 'COALESCE(id * 10, -1)'}]}""");
    assertThat(made.has("id")).as(made.toString()).isTrue();

    JsonNode job = ended(made.path("id").asText(), "completed");

    assertThat(penstock.ids("p_rides.computed")).containsExactlyInAnyOrder(10L, 30L, -1L);
    assertThat(job.path("health").path("status").asText()).isNotEqualTo("error");
    JsonNode totals =
        ask("GET", "/jobs/" + made.path("id").asText() + "/metrics", "").path("totals");
    assertThat(totals.path("numRowsSkippedByFilter").asInt()).isEqualTo(1);
    assertThat(totals.path("numRowsPersisted").asInt()).isEqualTo(3);
    assertThat(
            totals.path("numRowsProcessed").asInt()
                + totals.path("numRowsProcessedWithWarning").asInt())
        .isEqualTo(3);
  }
}

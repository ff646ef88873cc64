package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.config.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports over HTTP, from a loaded table to the objects: real Flink, PostgreSQL, S3, Iceberg. */
final class PosthogITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String BASE = "/api/projects/1/batch_exports/";

  @TempDir static Path folder;
  private static PenstockProcess penstock;

  @BeforeAll
  static void start() throws Exception {
    penstock = PenstockProcess.start(folder.resolve("data"));
    penstock.post("projects/", "{\"name\": \"p_lake\"}");
    String connection =
        """
        {'type': 's3', 'name': 'landing', 'bucket': 'landing', 'awsEndpoint': '%s', 'prefix': 'in/',
         'secrets': {'type': 'access_key', 'accessKeyId': '%s', 'accessKeySecret': '%s'}}"""
            .formatted(
                penstock.setting(Settings.STORAGE_ENDPOINT),
                penstock.setting(Settings.STORAGE_ACCESS_KEY_ID),
                penstock.setting(Settings.STORAGE_SECRET_ACCESS_KEY));
    penstock.ask("POST", "/v1/projects/p_lake/connections", connection.replace('\'', '"'));
    penstock.put(
        "in/a.json",
        String.join(
                "\n",
                row("2024-06-01T10:00:00Z", 1),
                row("2024-06-01T10:59:59Z", 2),
                row("2024-06-01T11:00:00Z", 3))
            .getBytes(StandardCharsets.UTF_8));
    String job =
        """
        {'type': 'batch', 'target': {'type': 'table', 'tableName': 'events'},
         'createTableIfNotExists': true, 'partitionedBy': 'day',
         'source': {'type': 's3', 'connectionName': 'landing', 'prefixes': ['in/'],
           'formatSettings': {'format': 'nd-json'},
           'inputSchema': [{'name': 'at', 'dataType': 'string'}, {'name': 'id', 'dataType': 'long'}]},
         'mappings': [{'columnName': '__time', 'expression': 'TIME_PARSE("at")'},
           {'columnName': 'id', 'expression': 'id'}]}"""
            .replace("\"at\"", "\\\"at\\\"");
    JsonNode made = penstock.ask("POST", "/v1/projects/p_lake/jobs", job.replace('\'', '"'));
    until(
        () ->
            penstock
                .ask("GET", "/v1/projects/p_lake/jobs/" + made.path("id").asText(), "")
                .path("executionStatus")
                .asText(),
        "completed");
  }

  @AfterAll
  static void stop() {
    penstock.kill();
  }

  private static String row(String at, int id) {
    return "{\"at\": \"%s\", \"id\": %d}".formatted(at, id);
  }

  private static void until(Callable<String> question, String wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(question.call()).isEqualTo(wanted));
  }

  private static JsonNode ask(String method, String path, String body) throws Exception {
    return penstock.ask(method, path, body.replace('\'', '"'));
  }

  private static List<String> objects(String prefix) throws Exception {
    Path bucket = folder.resolve("data").resolve("s3").resolve("landing");
    try (Stream<Path> files = Files.walk(bucket.resolve(prefix))) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void case_115_aBackfillExportsTheRowsOfItsIntervals() throws Exception {
    JsonNode export =
        ask(
            "POST",
            BASE,
            """
            {'name': 'e', 'interval': 'hour', 'model': 'events', 'hogql_query': 'SELECT id FROM events',
             'destination': {'type': 'S3', 'config': {'bucket_name': 'landing', 'region': 'us-east-1',
               'prefix': 'out', 'endpoint_url': '%s', 'aws_access_key_id': '%s',
               'aws_secret_access_key': '%s'}}}"""
                .formatted(
                    penstock.setting(Settings.STORAGE_ENDPOINT),
                    penstock.setting(Settings.STORAGE_ACCESS_KEY_ID),
                    penstock.setting(Settings.STORAGE_SECRET_ACCESS_KEY)));
    String path = BASE + export.path("id").asText();
    String backfill =
        ask(
                "POST",
                path + "/backfills/",
                "{'start_at': '2024-06-01T10:00:00Z', 'end_at': '2024-06-01T13:00:00Z'}")
            .path("backfill_id")
            .asText();

    until(
        () -> ask("GET", path + "/backfills/" + backfill + "/", "").path("status").asText(),
        "Completed");

    JsonNode runs =
        ask("GET", path + "/runs/?ordering=data_interval_start&start=2024-01-01T00:00:00Z", "")
            .path("results");
    assertThat(runs.findValuesAsText("status"))
        .as(runs.toPrettyString())
        .containsExactly("Completed", "Completed", "Completed");
    assertThat(runs.findValuesAsText("records_completed")).containsExactly("2", "1", "0");
    assertThat(objects("out"))
        .filteredOn(name -> name.endsWith(".jsonl"))
        .containsExactlyInAnyOrder(
            "2024-06-01T10:00:00+00:00-2024-06-01T11:00:00+00:00.jsonl",
            "2024-06-01T11:00:00+00:00-2024-06-01T12:00:00+00:00.jsonl");
    JsonNode coverage =
        ask("GET", path + "/coverage/?start=2024-06-01T10:00:00Z&end=2024-06-01T13:00:00Z", "");
    assertThat(coverage.path("complete").asBoolean()).as(coverage.toString()).isTrue();
    assertThat(coverage.path("rows_exported").asInt()).isEqualTo(3);
  }
}

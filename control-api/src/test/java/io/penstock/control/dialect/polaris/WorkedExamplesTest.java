package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.http.ServedApi.Reply;
import io.penstock.control.job.JobDefinition;
import io.penstock.spec.TimeSpan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the product's contract, as they are written there. */
final class WorkedExamplesTest {
  private static final String BATCH =
      """
      {"type":"batch","target":{"type":"table","tableName":"rides"},"createTableIfNotExists":true,"partitionedBy":"day","clusteringColumns":["city"],
       "source":{"type":"s3","connectionName":"acme-raw","prefixes":["rides/2024-06/"],"formatSettings":{"format":"nd-json"},
         "inputSchema":[{"name":"at","dataType":"string"},{"name":"city","dataType":"string"},{"name":"km","dataType":"double"},{"name":"extra","dataType":"json"}]},
       "mappings":[{"columnName":"__time","expression":"TIME_PARSE(\\"at\\")"},{"columnName":"city","expression":"UPPER(\\"city\\")"},
         {"columnName":"km","expression":"\\"km\\""},{"columnName":"driver","expression":"JSON_VALUE(\\"extra\\",'$.driver.id' RETURNING BIGINT)"}],
       "filterExpression":"\\"km\\" > 0 AND \\"city\\" IS NOT NULL","maxParseExceptions":50}""";
  private static final String ROLLED_UP =
      """
      {"type":"batch","target":{"type":"table","tableName":"sessions by city"},"createTableIfNotExists":true,
       "source":{"type":"uploaded","fileList":["day1.json.gz","day2.json.gz"],
         "inputSchema":[{"dataType":"string","name":"timestamp"},{"dataType":"string","name":"city"},{"dataType":"string","name":"session"},{"dataType":"long","name":"session_length"}],
         "formatSettings":{"format":"nd-json"}},
       "ingestionMode":"append",
       "mappings":[{"columnName":"__time","expression":"TIME_PARSE(\\"timestamp\\")"},{"columnName":"city","expression":"\\"city\\""},{"columnName":"session","expression":"\\"session\\""},
         {"columnName":"max_session_length","expression":"MAX(\\"session_length\\")","isAggregation":true},{"columnName":"__count","expression":"COUNT(*)","isAggregation":true}]}""";
  private static final String REPLACE =
      """
      {"type":"batch","ingestionMode":"replace","target":{"type":"table","tableName":"rides","intervals":["2024-06-01/2024-06-03"]},"maxParseExceptions":0,
       "source":{"type":"s3","connectionName":"acme-raw","pattern":"rides/2024-06/0[12]/*.csv.gz",
         "formatSettings":{"format":"csv","columns":["at","city","km"],"skipHeaderRows":1},
         "inputSchema":[{"name":"at","dataType":"long"},{"name":"city","dataType":"string"},{"name":"km","dataType":"double"}]},
       "mappings":[{"columnName":"__time","expression":"MILLIS_TO_TIMESTAMP(\\"at\\")"},{"columnName":"city","expression":"COALESCE(\\"city\\",'unknown')"},{"columnName":"km","expression":"\\"km\\""}]}""";

  @TempDir static Path folder;
  private static PolarisApi api;
  private static JsonNode connection;

  @BeforeAll
  static void serve() {
    api = PolarisApi.start(folder);
    connection = api.connection("acme-raw", "acme-raw", "rides/");
    upload("day1.json.gz");
    upload("day2.json.gz");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonNode upload(String name) {
    String boundary = "part";
    String body =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--%s--\r\n"
            .formatted(boundary, name, "{}", boundary);
    return api.raw(
            "POST",
            "/v1/projects/" + api.project + "/files",
            body,
            "Content-Type",
            "multipart/form-data; boundary=" + boundary)
        .body();
  }

  private static Reply post(String body) {
    return api.raw("POST", "/v1/projects/" + api.project + "/jobs", body);
  }

  private static JobDefinition definition(JsonNode job) {
    UUID id = UUID.fromString(job.path("id").asText());
    return api.served.jobs().find(api.organization(), id).orElseThrow().definition();
  }

  @Test
  void aBatchFromS3() {
    Reply reply = post(BATCH);
    JsonNode job = reply.body();

    assertThat(reply.status()).as(job.toString()).isEqualTo(201);
    assertThat(reply.headers().firstValue("Location"))
        .contains("/v1/projects/" + api.project + "/jobs/" + job.path("id").asText());
    assertThat(job.path("spec")).isEqualTo(parsed(BATCH));
    assertThat(job.path("executionStatus").asText()).isEqualTo("pending");
    assertThat(job.path("desiredExecutionStatus").asText()).isEqualTo("running");
    assertThat(job.path("health").toString()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(job.path("createdBy")).isEqualTo(job.path("lastModifiedBy"));
    assertThat(job.path("createdTimestamp").asText()).endsWith("Z");
    assertThat(job.path("ingestionMode").asText()).isEqualTo("append");
    assertThat(job.path("maxParseExceptions").asInt()).isEqualTo(50);
    assertThat(job.path("filterExpression").asText())
        .isEqualTo("\"km\" > 0 AND \"city\" IS NOT NULL");
    assertThat(job.path("query").asText())
        .startsWith("INSERT INTO \"rides\" SELECT TIME_PARSE(\"at\") AS \"__time\", ")
        .endsWith(" PARTITIONED BY DAY CLUSTERED BY \"city\"");
    assertThat(definition(job).limits().sortColumns()).containsExactly("city");
    assertThat(api.get("/tables/rides").path("clusteringColumns").toString())
        .isEqualTo("[\"city\"]");
  }

  @Test
  void theShapeOfAJobThatRollsUp() {
    JsonNode made = post(ROLLED_UP).body();
    assertThat(made.has("id")).as(made.toString()).isTrue();

    JsonNode job = api.get("/jobs/" + made.path("id").asText());

    assertThat(job.at("/target/tableName").asText()).isEqualTo("sessions by city");
    assertThat(job.path("source")).isEqualTo(parsed(ROLLED_UP).path("source"));
    assertThat(job.path("mappings")).isEqualTo(parsed(ROLLED_UP).path("mappings"));
    for (String field :
        new String[] {
          "type",
          "id",
          "target",
          "desiredExecutionStatus",
          "createdBy",
          "executionStatus",
          "health",
          "createdTimestamp",
          "lastUpdatedTimestamp",
          "source",
          "ingestionMode",
          "mappings"
        }) {
      assertThat(job.has(field)).as(field).isTrue();
    }
    JsonNode table = api.get("/tables/sessions%20by%20city");
    assertThat(table.path("type").asText()).isEqualTo("aggregate");
  }

  private static JsonNode parsed(String text) {
    return io.penstock.control.http.Requests.parse(text);
  }

  @Test
  void metricsProgressStatusAndLogs() {
    String path = "/jobs/" + post(BATCH).body().path("id").asText();

    assertThat(api.get(path + "/metrics").path("totals").toString())
        .isEqualTo(
            "{\"numRowsProcessed\":0,\"numRowsProcessedWithWarning\":0,\"numRowsSkippedByFilter\":0,"
                + "\"numRowsSkippedByError\":0,\"numRowsPersisted\":0,\"numBytesProcessed\":0}");
    assertThat(api.get(path + "/progress").toString()).isEqualTo("{\"overallProgress\":0.0}");
    assertThat(api.get(path + "/status").toString()).isEqualTo("{\"executionStatus\":\"pending\"}");
    assertThat(api.get(path + "/logs").at("/logs/0/healthStatus").asText()).isEqualTo("ok");
  }

  @Test
  void aCancelIsAnsweredAtOnce() {
    String path = "/jobs/" + post(BATCH).body().path("id").asText();
    String body = "{'desiredExecutionStatus': 'canceled'}";

    JsonNode put = api.send("PUT", path, body).body();
    JsonNode again = api.send("POST", path + "/status", body).body();

    assertThat(put.path("desiredExecutionStatus").asText()).isEqualTo("canceled");
    assertThat(put.has("spec")).isTrue();
    assertThat(again.has("executionStatus")).isTrue();
    assertThat(again.size()).isEqualTo(1);
  }

  @Test
  void twoDaysAreReplaced() {
    JsonNode first = post(BATCH).body();
    assertThat(first.has("id")).as(first.toString()).isTrue();

    Reply reply = post(REPLACE);

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    JobDefinition definition = definition(reply.body());
    assertThat(definition.effectiveRules().replaces().orElseThrow().intervals())
        .containsExactly(
            new TimeSpan(
                Instant.parse("2024-06-01T00:00:00Z"), Instant.parse("2024-06-03T00:00:00Z")));
    assertThat(definition.effectiveRules().maxRejects()).hasValue(0);
    assertThat(definition.effectiveRules().needsTime()).isTrue();
    assertThat(definition.limits().sortColumns())
        .as("of the table, where the job does not say")
        .containsExactly("city");
    assertThat(reply.body().at("/target/intervals/0").asText()).isEqualTo("2024-06-01/2024-06-03");
  }

  @Test
  void aConnectionATableAndAFile() {
    assertThat(connection.path("prefix").asText()).isEqualTo("rides/");
    assertThat(connection.path("secrets").toString())
        .isEqualTo("{\"type\":\"access_key\",\"accessKeyId\":\"key\"}");
    assertThat(connection.has("submittedByUser")).isTrue();
    assertThat(connection.has("modifiedOnTimestamp")).isTrue();

    JsonNode table =
        api.made(
            "/tables",
            """
            {"type":"aggregate","name":"rides_hourly","timeResolution":"hour","schema":[{"type":"dimension","name":"city","dataType":"string"},{"type":"measure","name":"km","dataType":"double"},{"type":"measure","name":"__count","dataType":"long"}]}""");
    assertThat(table.path("version").asInt()).isZero();
    assertThat(table.path("schema")).hasSize(3);
    assertThat(table.path("timeResolution").asText()).isEqualTo("hour");
    assertThat(table.path("queryableSchema"))
        .extracting(column -> column.path("name").asText())
        .containsExactly("__time", "city", "km", "__count");

    JsonNode file = upload("day3.json.gz");
    assertThat(file.path("name").asText()).isEqualTo("day3.json.gz");
    assertThat(file.path("sizeBytes").asInt())
        .isEqualTo("{}".getBytes(StandardCharsets.UTF_8).length);
    assertThat(file.path("dataFormat").asText()).isEqualTo("nd-json");
    assertThat(file.path("compressionFormat").asText()).isEqualTo("gz");
    assertThat(file.at("/digest/algo").asText()).isEqualTo("md5");
    assertThat(file.has("uploadedBy")).isTrue();
    assertThat(file.has("uploadedOnDatetime")).isTrue();
  }
}

package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.http.ServedApi.Reply;
import io.penstock.spec.JobFolder;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The rejected rows of a job: 130 in its first task, 2 in its third, none in between. */
final class JobFolderTest {
  @TempDir static Path folder;
  private static PolarisApi api;
  private static S3Client s3;
  private static String path;

  @BeforeAll
  static void serve() throws IOException {
    api = PolarisApi.start(folder);
    s3 =
        S3Client.builder()
            .endpointOverride(api.s3.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
    api.connection("acme-raw", "acme-raw", "");
    String id =
        api.made(
                "/jobs",
                """
                {'type': 'batch', 'target': {'type': 'table', 'tableName': 'rides'},
                 'createTableIfNotExists': true, 'context': {'anything': 1},
                 'source': {'type': 's3', 'connectionName': 'acme-raw', 'prefixes': ['x/'],
                   'formatSettings': {'format': 'nd-json'},
                   'inputSchema': [{'name': 'at', 'dataType': 'timestamp'}]},
                 'mappings': [{'columnName': '__time', 'expression': '\\'at\\''}]}""")
            .path("id")
            .asText();
    path = "/jobs/" + id;
    JobFolder written = new JobFolder("system/jobs/", UUID.fromString(id));
    int[] rejects = {130, 0, 2};
    for (int task = 0; task < rejects.length; task++) {
      put(written.taskRecord(task), SpecJson.write(record(task, rejects[task])));
      if (rejects[task] > 0) {
        put(written.rejects(task), rows(task, rejects[task]));
      }
    }
    // Rejects of a task that is not done are nobody's.
    put(written.rejects(3), rows(3, 5));
  }

  private static TaskRecord record(int task, int rejects) {
    return new TaskRecord(
        TaskRecord.VERSION,
        new PlannedTask(task, List.of(new PlannedObject("k" + task, "e", 1))),
        new TaskCounts(rejects, 0, 0, rejects, 1, 1, 1),
        List.of(),
        rejects == 0
            ? Optional.empty()
            : Optional.of(new RejectFile("k", rejects, 1, "00", List.of())),
        List.of(),
        List.of());
  }

  private static byte[] rows(int task, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < count; i++) {
        boolean bytesOnly = i == 1;
        gzip.write(
            SpecJson.write(
                new RejectedRow(
                    "s3://acme-raw/x/" + task,
                    i + 1,
                    i * 10L,
                    task == 2 ? Optional.of("at") : Optional.empty(),
                    task == 2 ? RejectCode.NULL_TIMESTAMP : RejectCode.MALFORMED_ROW,
                    "it is bad",
                    bytesOnly ? Optional.empty() : Optional.of("{".repeat(3_000)),
                    bytesOnly ? Optional.of("/w==") : Optional.empty())));
        gzip.write('\n');
      }
    }
    return bytes.toByteArray();
  }

  private static void put(String key, byte[] bytes) {
    s3.putObject(r -> r.bucket("penstock").key(key), RequestBody.fromBytes(bytes));
  }

  @AfterAll
  static void stop() {
    s3.close();
    api.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 65, 130, 131, 132, 1000})
  void pagesTogetherHaveEveryRowOnceAndInOrder(int limit) {
    List<String> seen = new ArrayList<>();
    String after = "";
    int pages = 0;
    do {
      JsonNode page = api.get(path + "/rejects?limit=" + limit + after);
      assertThat(page.path("values").size()).isBetween(1, limit);
      page.path("values")
          .forEach(row -> seen.add(row.path("object").asText() + row.path("line").asText()));
      after = page.has("next") ? "&after=" + page.path("next").asText() : "";
      pages++;
    } while (!after.isEmpty());

    assertThat(pages).isEqualTo((132 + limit - 1) / limit);
    assertThat(seen).hasSize(132).doesNotHaveDuplicates();
    assertThat(seen.get(0)).isEqualTo("s3://acme-raw/x/01");
    assertThat(seen.get(131)).isEqualTo("s3://acme-raw/x/22");
  }

  @Test
  void aRowIsShownAsItWasOrAsBase64() {
    JsonNode rows = api.get(path + "/rejects?limit=2").path("values");

    assertThat(rows.path(0).path("code").asText()).isEqualTo("malformed_row");
    assertThat(rows.path(0).path("reason").asText()).isEqualTo("it is bad");
    assertThat(rows.path(0).path("row").asText()).hasSize(3_000);
    assertThat(rows.path(0).has("column")).isFalse();
    assertThat(rows.path(1).path("rowBase64").asText()).isEqualTo("/w==");
    assertThat(api.get(path + "/rejects?after=0-130").at("/values/0/column").asText())
        .isEqualTo("at");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "after=x", "after=1"})
  void aWrongPageIsRefused(String query) {
    Reply reply = api.send("GET", path + "/rejects?" + query, "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("code").asText()).isEqualTo("BadArgument");
  }

  @Test
  void theLogHasEventsAndTheFirstRowsOfEachCodeAndTheirNumber() {
    JsonNode logs = api.get(path + "/logs").path("logs");

    assertThat(logs)
        .extracting(entry -> entry.path("code").asText())
        .startsWith("created", "unknown_context_key", "malformed_row");
    assertThat(logs)
        .filteredOn(entry -> entry.has("details"))
        .hasSize(102)
        .allMatch(entry -> entry.path("healthStatus").asText().equals("warn"));
    assertThat(logs)
        .filteredOn(entry -> entry.path("message").asText().endsWith("for this reason."))
        .extracting(entry -> entry.path("message").asText())
        .containsExactly(
            "130 rows were rejected for this reason.", "2 rows were rejected for this reason.");
    assertThat(logs.path(2).path("message").asText())
        .isEqualTo("s3://acme-raw/x/0 line 1: it is bad; row rejected");
    assertThat(logs.path(2).at("/details/row").asText()).hasSize(2_048);
    assertThat(logs.path(0).path("timestamp").asText()).endsWith("Z");
  }
}

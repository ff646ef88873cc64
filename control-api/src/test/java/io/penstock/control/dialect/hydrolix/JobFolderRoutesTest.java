package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.Progress.TaskState;
import io.penstock.spec.JobFolder;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskFailure.FailureCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Tasks and rejected rows over HTTP, from a folder as a job would have left it. */
final class JobFolderRoutesTest {
  private static final String MOMENT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";
  private static final List<RejectCode> CODES =
      List.of(RejectCode.TYPE_MISMATCH, RejectCode.MALFORMED_ROW, RejectCode.NULL_TIMESTAMP);

  @TempDir static Path folder;
  private static TestApi api;
  private static S3Client s3;
  private static String job;
  private static JobFolder written;

  /** Four tasks: three done, of which two have three rejects each; the last one failed. */
  @BeforeAll
  static void start() throws IOException {
    api = TestApi.start(folder);
    s3 =
        S3Client.builder()
            .endpointOverride(api.s3.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
    String table = api.table("shop", "orders");
    api.made(
        table + "/transforms",
        """
        {"name": "csv", "type": "csv", "settings": {"format_details": {"delimiter": ";"}, "output_columns": [
          {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s", "source": {"from_input_index": 0}}}]}}""");
    String body =
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/\"}}}}";
    String id = api.made("/jobs/batch", body).path("uuid").asText();
    job = "/jobs/batch/" + id;
    written = new JobFolder("system/jobs/", UUID.fromString(id));
    put(
        written.planSummary(),
        SpecJson.write(new PlanSummary(PlanSummary.VERSION, 1, 4, 4, 4, 20, true)));
    for (int task = 0; task < 3; task++) {
      Optional<RejectFile> rejects =
          task == 1 ? Optional.empty() : Optional.of(new RejectFile("k", 3, 1, "00", List.of()));
      put(
          written.taskRecord(task),
          SpecJson.write(Written.record(task, List.of(), rejects)),
          task == 2 ? Map.of() : Map.of(JobFolder.STARTED, "2026-11-02T07:59:58.250Z"));
      if (task != 1) {
        put(written.rejects(task), rejects(task));
      }
    }
    // Rejects of a task that is not done are nobody's.
    put(written.rejects(3), rejects(3));
    put(
        written.taskFailure(1, 3),
        SpecJson.write(
            new TaskFailure(
                TaskFailure.VERSION,
                OptionalInt.of(3),
                FailureCode.UNREADABLE,
                "s3://landing/in/3.csv",
                "unexpected end of gzip stream",
                Instant.parse("2026-11-02T08:00:00Z"))));
  }

  private static byte[] rejects(int task) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < CODES.size(); i++) {
        gzip.write(
            SpecJson.write(
                new RejectedRow(
                    "s3://landing/in/" + task + ".csv",
                    i + 1,
                    i * 10L,
                    Optional.of("n"),
                    i == 2 && task == 0 ? RejectCode.FUTURE_TIMESTAMP : CODES.get(i),
                    "Reason " + i + ".",
                    Optional.of(i == 1 ? "soon\"4711" : "soon;4711"),
                    Optional.empty())));
        gzip.write('\n');
      }
    }
    return bytes.toByteArray();
  }

  private static void put(String key, byte[] bytes) {
    put(key, bytes, Map.of());
  }

  private static void put(String key, byte[] bytes, Map<String, String> metadata) {
    s3.putObject(
        r -> r.bucket("penstock").key(key).metadata(metadata), RequestBody.fromBytes(bytes));
  }

  @AfterAll
  static void stop() {
    s3.close();
    api.close();
  }

  @Test
  void tasksAreTheListingAndEveryPlannedTask() {
    JsonNode page = api.get(job + "/tasks/").json();

    assertThat(page.path("count").intValue()).isEqualTo(5);
    assertThat(page.path("results").findValuesAsText("kind"))
        .containsExactly("LIST", "INDEX", "INDEX", "INDEX", "INDEX");
    assertThat(page.path("results").findValuesAsText("state"))
        .containsExactly("READY", "DONE", "DONE", "DONE", "FAILED");
    ObjectNode first = (ObjectNode) page.at("/results/1");
    assertThat(first.remove("finished").asText()).matches(MOMENT);
    assertThat(page.at("/results/0/finished").asText()).matches(MOMENT);
    assertThat(page.at("/results/3/started").isNull()).isTrue();
    assertThat(first)
        .isEqualTo(
            json(
                """
                {"task": 0, "kind": "INDEX", "state": "DONE", "attempt": 1, "files": [{"url": "s3://landing/in/0.csv", "size": 5, "etag": "\\"e\\""}],
                 "rows_read": 13, "rows_written": 10, "rows_rejected": 3, "partitions": 0, "started": "2026-11-02T07:59:58.250000Z", "error": null}"""));
    assertThat(page.at("/results/4/error").asText())
        .isEqualTo("s3://landing/in/3.csv: unexpected end of gzip stream");
    assertThat(page.at("/results/4/finished").asText()).isEqualTo("2026-11-02T08:00:00.000000Z");
  }

  @Test
  void tasksThatRunAreTheFirstThatHaveNotEnded() {
    String id =
        api.made(
                "/jobs/batch",
                "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/\"}}}}")
            .path("uuid")
            .asText();
    JobFolder running = new JobFolder("system/jobs/", UUID.fromString(id));
    put(
        running.planSummary(),
        SpecJson.write(new PlanSummary(PlanSummary.VERSION, 1, 5, 5, 5, 20, false)));
    put(running.taskRecord(1), SpecJson.write(Written.record(1, List.of(), Optional.empty())));
    api.progressed(id, Map.of(TaskState.RUNNING, 2, TaskState.DONE, 1, TaskState.READY, 2));

    JsonNode page = api.get("/jobs/batch/" + id + "/tasks").json().path("results");

    assertThat(page.findValuesAsText("state"))
        .containsExactly("RUNNING", "RUNNING", "DONE", "RUNNING", "READY", "READY");
    assertThat(page.at("/0/started").asText()).matches(MOMENT);
    assertThat(page.at("/0/finished").isNull()).isTrue();
  }

  @Test
  void tasksArePaged() {
    JsonNode page = api.get(job + "/tasks?page=2&page_size=2").json();

    assertThat(page.path("results").findValuesAsText("task")).containsExactly("1", "2");
    assertThat(page.path("next").intValue()).isEqualTo(3);
    assertThat(api.get(job + "/tasks?page=4&page_size=2").status()).isEqualTo(404);
  }

  @Test
  void aRejectShowsItsRowAndWhereItWas() {
    JsonNode page = api.get(job + "/rejects/").json();

    assertThat(page.path("count").intValue()).isEqualTo(6);
    JsonNode first = page.at("/results/0");
    assertThat(first.path("data")).isEqualTo(json("[{\"at\": \"soon\", \"1\": \"4711\"}]"));
    assertThat(first.path("reason").asText()).isEqualTo("Reason 0.");
    assertThat(first.path("job_id").asText()).isEqualTo(written.jobId().toString());
    assertThat(first.path("input_filename").asText()).isEqualTo("s3://landing/in/0.csv");
    assertThat(first.path("row").intValue()).isEqualTo(1);
    assertThat(first.path("transform_id").asText()).hasSize(36);
    assertThat(page.at("/results/1/data/0").asText()).isEqualTo("soon\"4711");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0:1 0:2 0:3 2:1 2:2 2:3",
    "task=2, 2:1 2:2 2:3",
    "task=3, ''",
    "kind=format, 0:1 2:1",
    "kind=framing, 0:2 2:2",
    "kind=primary&task=2, 2:3",
    "kind=primary, 2:3",
    "kind=future, 0:3",
    "kind=future&task=2, ''",
    "page_size=2&page=2, 0:3 2:1",
    "page_size=4&page=2, 2:2 2:3",
    "kind=format&page_size=1&page=2, 2:1",
  })
  void rejectsArePagedAndFiltered(String query, String expected) {
    List<String> seen = new ArrayList<>();
    for (JsonNode row : api.get(job + "/rejects?" + query).json().path("results")) {
      seen.add(row.path("task").asText() + ":" + row.path("row").asText());
    }

    assertThat(String.join(" ", seen)).isEqualTo(expected);
  }

  @Test
  void aJobThatLeftNothingHasOnlyItsListing() {
    String id =
        api.made(
                "/jobs/batch",
                "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/\"}}}}")
            .path("uuid")
            .asText();

    assertThat(api.get("/jobs/batch/" + id + "/tasks").json().path("count").intValue())
        .isEqualTo(1);
    assertThat(api.get("/jobs/batch/" + id + "/rejects").json().path("count").intValue()).isZero();
    assertThat(api.get("/jobs/batch/" + UUID.randomUUID() + "/rejects").status()).isEqualTo(404);
  }
}

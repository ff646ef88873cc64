package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.standalone.FaultyS3.Fault;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Destinations that fail exports, and runs that are cancelled, end to end. */
final class PosthogFaultsITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Instant MIDNIGHT = Instant.parse("2023-01-01T00:00:00Z");
  private static final Instant ONE = Instant.parse("2023-01-01T01:00:00Z");
  private static final int ROWS = 3_000;

  @TempDir static Path folder;
  private static FaultyS3 faulty;
  private static ServerSocket resetting;
  private static PenstockProcess penstock;
  private static PosthogProject project;
  private static Connection duckDb;

  /** The full hour before this one. */
  private static Instant lastHour;

  @BeforeAll
  static void start() throws Exception {
    lastHour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    faulty = FaultyS3.start();
    resetting = FaultyS3.resetting();
    penstock =
        PenstockProcess.start(
            folder.resolve("faults"),
            "penstock.export.start-jitter=false",
            "penstock.export.settle-delay=PT0S",
            "penstock.export.max-attempts=1",
            "penstock.export.run-retries=1",
            "penstock.source.allowed-endpoints=" + faulty.endpoint() + "," + resettingEndpoint());
    project = PosthogProject.make(penstock);
    faulty.before(URI.create(project.endpoint()));
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    project.newTable(
        "events",
        """
        {'name': 'ts', 'datatype': {'type': 'epoch', 'primary': true, 'format': 'ms', 'resolution': 'ms'}},
        {'name': 'id', 'datatype': {'type': 'int64'}}""");
    project.load("events", "all", PosthogProject.lines(duckDb, rows()));
  }

  /** An hour of long ago, and the last full one. */
  private static String rows() {
    return """
        SELECT %d + i * 1000 AS ts, i AS id FROM range(%d) r(i) UNION ALL
        SELECT %d + i * 1000, 100000 + i FROM range(%d) r(i)"""
        .formatted(MIDNIGHT.toEpochMilli(), ROWS, lastHour.toEpochMilli(), ROWS);
  }

  private static String resettingEndpoint() {
    return "http://127.0.0.1:" + resetting.getLocalPort();
  }

  @AfterEach
  void heal() {
    faulty.heal();
  }

  @AfterAll
  static void stop() throws Exception {
    duckDb.close();
    project.close();
    penstock.kill();
    faulty.close();
    resetting.close();
  }

  private static String export(String prefix) throws Exception {
    return project.export(
        "events", project.inline(faulty.endpoint().toString(), "landing", prefix, ""), "");
  }

  private static void assertNothingCounted(JsonNode run) {
    assertThat(run.path("records_completed").isNull()).as(run.toString()).isTrue();
    assertThat(run.path("bytes_exported").isNull()).isTrue();
    assertThat(run.path("finished_at").isTextual()).isTrue();
  }

  @Test
  void case_117_a_aDestinationThatResetsEveryConnection() throws Exception {
    String export =
        project.export("events", project.inline(resettingEndpoint(), "landing", "a", ""), "");

    JsonNode run = project.run(export, MIDNIGHT, ONE);

    assertThat(run.path("status").asText()).isEqualTo("FailedRetryable");
    assertThat(run.path("latest_error").asText()).matches("(?s)[A-Za-z]+Error: .+");
    assertNothingCounted(run);
    // A run of a backfill is not followed by another one.
    assertThat(project.runs(export)).hasSize(1);
  }

  @Test
  void case_117_b_aBucketThatIsGone() throws Exception {
    project.makeBucket("gone");
    String export =
        project.export("events", project.inline(project.endpoint(), "gone", "b", ""), "");
    project.deleteBucket("gone");

    JsonNode run = project.run(export, MIDNIGHT, ONE);

    assertThat(run.path("status").asText()).isEqualTo("Failed");
    assertThat(run.path("latest_error").asText()).startsWith("NoSuchBucket: ");
    assertNothingCounted(run);
  }

  @Test
  void case_117_c_aRunThatIsCancelledLeavesNothing() throws Exception {
    faulty.fault(Fault.IS_HELD, 1, request -> request.isPart(1));
    String export = export("c");
    String backfill = project.backfill(export, MIDNIGHT, ONE);
    await().atMost(PATIENCE).until(() -> faulty.held() > 0);
    JsonNode running = project.runs(export).get(0);
    String path = export + "/runs/" + running.path("id").asText();
    assertThat(running.path("status").asText()).isEqualTo("Running");
    assertThat(project.objects("landing", "c/")).isEmpty();

    assertThat(project.ask("POST", path + "/cancel/", "").path("cancelled").asBoolean()).isTrue();

    JsonNode cancelled = project.get(path);
    assertThat(cancelled.path("status").asText()).isEqualTo("Cancelled");
    assertThat(cancelled.path("latest_error").asText()).isEqualTo("Cancelled");
    assertNothingCounted(cancelled);
    faulty.heal();
    project.runs(export, backfill);
    await().atMost(PATIENCE).until(() -> penstock.activeFlinkJobs() == 0);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(project.openUploads("landing", "c/")).isEmpty());
    assertThat(project.objects("landing", "c/")).isEmpty();
    assertThat(project.get(path).path("status").asText()).isEqualTo("Cancelled");

    JsonNode made = project.ask("POST", path + "/retry/", "");
    List<JsonNode> again =
        project.runs(export, export + "/backfills/" + made.path("backfill_id").asText());
    assertThat(again.get(0).path("records_completed").asLong()).isEqualTo(ROWS);
    assertExported("c");
  }

  private static void assertExported(String prefix) throws Exception {
    assertThat(project.objects("landing", prefix + "/")).hasSize(1);
    String key = project.objects("landing", prefix + "/").keySet().iterator().next();
    String exported = ExportedObjects.read(project.object("landing", key), key, "ts, id", folder);
    assertThat(
            ExportedObjects.differences(
                duckDb, "FROM (" + rows() + ") WHERE id < 100000", exported))
        .isZero();
  }

  @Test
  void case_117_d_fiveSlowPartsFailARunAndTheNextOneWrites() throws Exception {
    faulty.fault(Fault.TIMES_OUT, 5, request -> request.isPart(1));
    String export = export("d");
    project.scheduledUntil(export, lastHour);

    project.look(export);

    Instant end = lastHour.plus(1, ChronoUnit.HOURS);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(project.runs(export))
                    .anyMatch(run -> run.path("status").asText().equals("Completed")));
    List<JsonNode> runs = project.runs(export);
    assertThat(runs)
        .extracting(
            run -> run.path("status").asText() + " " + run.path("data_interval_end").asText())
        .containsExactlyInAnyOrder("FailedRetryable " + end, "Completed " + end);
    JsonNode failed =
        runs.stream()
            .filter(run -> run.path("status").asText().equals("FailedRetryable"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.path("latest_error").asText())
        .isEqualTo(
            "IntermittentUploadPartTimeoutError: An intermittent `RequestTimeout` was raised while attempting to upload part 1");
    assertNothingCounted(failed);
    assertThat(faulty.left()).isZero();
    assertThat(project.objects("landing", "d/")).hasSize(1);
  }

  @Test
  void case_135_answersThatAreLostCostNothing() throws Exception {
    // Of the completion of an upload, again and again, and of the manifest.
    faulty.fault(Fault.ANSWER_IS_LOST, 5, FaultyS3.Request::completesAnUpload);
    faulty.fault(Fault.ANSWER_IS_LOST, 5, request -> request.path().endsWith("_manifest.json"));
    String export =
        project.export(
            "events",
            project.inline(faulty.endpoint().toString(), "landing", "e", ", 'manifest': 'always'"),
            "");

    JsonNode run = project.run(export, MIDNIGHT, ONE);

    assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("Completed");
    assertThat(faulty.left()).isZero();
    assertThat(project.objects("landing", "e/")).hasSize(2);
    JsonNode files =
        project.get(export + "/runs/" + run.path("id").asText() + "/files/").path("files");
    assertThat(files).hasSize(1);
    String key = files.at("/0/key").asText();
    assertThat(files.at("/0/etag").asText()).isEqualTo(project.etag("landing", key));
    assertThat(project.openUploads("landing", "e/")).isEmpty();
  }
}

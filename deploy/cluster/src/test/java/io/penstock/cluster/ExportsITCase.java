package io.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.standalone.ExportedObjects;
import io.penstock.standalone.FaultyS3;
import io.penstock.standalone.FaultyS3.Fault;
import io.penstock.standalone.PosthogProject;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of a real cluster die while exports run, and answers of their destination are lost. The
 * long form kills twenty: {@code -Dpenstock.kills=20}.
 */
final class ExportsITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Instant BEGIN = Instant.parse("2023-01-01T00:00:00Z");
  private static final int HOURS = 12;
  private static final int HOURLY = 20_000;
  private static final int THREADS_OF_A_VICTIM = 2;
  private static final int KILLS = Integer.getInteger("penstock.kills", 3);

  @TempDir Path folder;
  private RealCluster cluster;
  private FaultyS3 faulty;
  private PosthogProject project;
  private Connection duckDb;

  /** The most that was seen of each run. */
  private final Map<String, Long> rowsSeen = new HashMap<>();

  @BeforeEach
  void up() throws Exception {
    faulty = FaultyS3.start();
    cluster =
        RealCluster.up(
            folder.resolve("data"),
            2,
            "penstock.export.settle-delay=PT0S",
            "penstock.source.allowed-endpoints=" + faulty.endpoint());
    project = PosthogProject.make(cluster.client());
    faulty.before(URI.create(project.endpoint()));
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    project.newTable(
        "events",
        """
        {'name': 'ts', 'datatype': {'type': 'epoch', 'primary': true, 'format': 'ms', 'resolution': 'ms'}},
        {'name': 'id', 'datatype': {'type': 'int64'}}, {'name': 'text', 'datatype': {'type': 'string'}}""");
    project.load("events", "all", PosthogProject.lines(duckDb, rows()));
  }

  @AfterEach
  void down() throws Exception {
    duckDb.close();
    project.close();
    cluster.close();
    faulty.close();
  }

  private static String rows() {
    return "SELECT %d + i * %d AS ts, i AS id, md5(i::VARCHAR) AS text FROM range(%d) r(i)"
        .formatted(BEGIN.toEpochMilli(), Duration.ofHours(1).toMillis() / HOURLY, HOURS * HOURLY);
  }

  private static boolean isOver(JsonNode one) {
    return !List.of("Starting", "Running").contains(one.path("status").asText());
  }

  /** Looks at all runs; what is counted of one never falls. */
  private List<JsonNode> watched(String export) throws Exception {
    List<JsonNode> runs = project.runs(export);
    for (JsonNode run : runs) {
      String id = run.path("id").asText();
      long rows = run.path("records_completed").asLong(0);
      assertThat(rows).as(run.toString()).isGreaterThanOrEqualTo(rowsSeen.getOrDefault(id, 0L));
      rowsSeen.put(id, rows);
    }
    return runs;
  }

  @Test
  void case_135_killedTaskManagersAndLostAnswersLeaveEachRowOnce() throws Exception {
    Random random = new Random(7);
    String export =
        project.export(
            "events",
            project.inline(
                faulty.endpoint().toString(), "landing", "out", ", 'max_file_size_mb': 1"),
            "");
    Instant end = BEGIN.plus(HOURS, ChronoUnit.HOURS);
    String backfill = project.backfill(export, BEGIN, end);
    int kills = 0;
    while (kills < KILLS) {
      faulty.fault(Fault.ANSWER_IS_LOST, 1, FaultyS3.Request::completesAnUpload);
      faulty.fault(Fault.ANSWER_IS_LOST, 1, request -> request.path().endsWith("_manifest.json"));
      List<JsonNode> before = watched(export);
      long running = before.stream().filter(run -> !isOver(run)).count();
      if (running == 0 && isOver(project.get(backfill))) {
        backfill = project.backfill(export, BEGIN, end);
      }
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  watched(export).stream()
                      .anyMatch(run -> run.path("status").asText().equals("Running")));
      String victim = "taskmanager-" + (1 + random.nextInt(2));
      cluster.kill(victim);
      cluster.start(victim);
      kills++;
      if (kills % 3 == 0) {
        // Whatever it had decided by then, and whoever had not heard of it.
        cluster.kill("control-api");
        cluster.start("control-api");
        cluster.awaitControlApi();
      }
    }
    faulty.heal();
    String last = backfill;
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              watched(export);
              return isOver(project.get(last));
            });

    assertThat(watched(export))
        .allSatisfy(
            run ->
                assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("Completed"))
        .extracting(run -> run.path("records_completed").asLong())
        .containsOnly((long) HOURLY);
    List<String> listed = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (JsonNode run : project.runs(export, last)) {
      JsonNode files = project.get(export + "/runs/" + run.path("id").asText() + "/files/");
      listed.add(files.path("manifest_key").asText());
      for (JsonNode file : files.path("files")) {
        String key = file.path("key").asText();
        listed.add(key);
        read.add(ExportedObjects.read(project.object("landing", key), key, "ts, id, text", folder));
      }
    }
    assertThat(project.objects("landing", "out/").keySet())
        .containsExactlyInAnyOrderElementsOf(listed);
    assertThat(ExportedObjects.differences(duckDb, rows(), String.join(" UNION ALL ", read)))
        .isZero();
    // A thread that is killed when it has begun an upload and not noted it leaves that one open,
    // for
    // the bucket's own rules.
    assertThat(project.openUploads("landing", "out/"))
        .hasSizeLessThanOrEqualTo(KILLS * THREADS_OF_A_VICTIM);
  }
}

package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An export's history end to end: rows come late, and after everything that callers can do about it
 * the destination has each row once, and the coverage call says so.
 */
final class PosthogHistoryITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int HOURLY = 400;

  @TempDir Path folder;
  private PenstockProcess penstock;
  private PosthogProject project;
  private Connection duckDb;
  private String export;
  private long nextId;

  /** The hours are full ones that have passed: hour 0 is the oldest of them. */
  private final Instant begin =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(4, ChronoUnit.HOURS);

  @BeforeEach
  void start() throws Exception {
    penstock =
        PenstockProcess.start(
            folder.resolve("history"),
            "penstock.export.start-jitter=false",
            "penstock.export.settle-delay=PT0S");
    project = PosthogProject.make(penstock);
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone = 'UTC'");
    execute("CREATE TABLE events (ts BIGINT, id BIGINT)");
    project.newTable(
        "events",
        """
        {'name': 'ts', 'datatype': {'type': 'epoch', 'primary': true, 'format': 'ms', 'resolution': 'ms'}},
        {'name': 'id', 'datatype': {'type': 'int64'}}""");
  }

  @AfterEach
  void stop() throws Exception {
    duckDb.close();
    project.close();
    penstock.kill();
  }

  private void execute(String sql) throws Exception {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  private Instant hour(int number) {
    return begin.plus(number, ChronoUnit.HOURS);
  }

  /** Rows of an hour come into the table. */
  private void ingest(String batch, int hour, int rows) throws Exception {
    String query =
        "SELECT %d + range * %d AS ts, %d + range AS id FROM range(%d)"
            .formatted(
                hour(hour).toEpochMilli(), Duration.ofHours(1).toMillis() / rows, nextId, rows);
    nextId += rows;
    project.load("events", batch, PosthogProject.lines(duckDb, query));
    execute("INSERT INTO events " + query);
  }

  /** The export's clock has come to some minutes behind the end of an hour, and no further. */
  private void timeIs(int endedHours) throws Exception {
    project.pausedSince(export, hour(endedHours).plus(5, ChronoUnit.MINUTES));
    project.look(export);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(project.runs(export))
                    .anySatisfy(
                        run -> {
                          assertThat(run.path("data_interval_end").asText())
                              .isEqualTo(hour(endedHours).toString());
                          assertThat(run.path("status").asText()).isEqualTo("Completed");
                        }));
  }

  private JsonNode coverage(int from, int to) throws Exception {
    return project.get(export + "/coverage/?start=%s&end=%s".formatted(hour(from), hour(to)));
  }

  private void assertCovered(int from, int to) throws Exception {
    JsonNode coverage = coverage(from, to);
    long rows = rowsOf(from, to);
    assertThat(coverage.path("complete").asBoolean()).as(coverage.toString()).isTrue();
    assertThat(coverage.path("rows_exported").asLong()).isEqualTo(rows);
    assertThat(coverage.path("rows_in_source").asLong()).isEqualTo(rows);
    assertThat(coverage.path("gaps")).isEmpty();
    assertThat(coverage.path("overlaps")).isEmpty();
    assertThat(coverage.path("late")).isEmpty();
  }

  private long rowsOf(int from, int to) throws Exception {
    return ExportedObjects.count(duckDb, selected(from, to));
  }

  private String selected(int from, int to) {
    return "FROM events WHERE ts >= %d AND ts < %d"
        .formatted(hour(from).toEpochMilli(), hour(to).toEpochMilli());
  }

  private static String one(JsonNode coverage, String list) {
    assertThat(coverage.path(list)).as(coverage.toString()).hasSize(1);
    JsonNode entry = coverage.path(list).path(0);
    return entry.path("start").asText() + " " + entry.path("end").asText();
  }

  private String stretch(int from, int to) {
    return hour(from) + " " + hour(to);
  }

  /**
   * The destination has the rows of these hours, and each interval's are those that its latest
   * completed run says it wrote.
   */
  private void assertExported(int from, int to, String wanted) throws Exception {
    Map<String, JsonNode> latest = new TreeMap<>();
    for (JsonNode run : project.runs(export)) {
      if (run.path("status").asText().equals("Completed")) {
        latest.merge(
            run.path("data_interval_end").asText(),
            run,
            (a, b) ->
                a.path("created_at").asText().compareTo(b.path("created_at").asText()) < 0 ? b : a);
      }
    }
    List<String> keys = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (JsonNode run : latest.values()) {
      JsonNode files =
          project.get(export + "/runs/" + run.path("id").asText() + "/files/").path("files");
      long rows = 0;
      for (JsonNode file : files) {
        String key = file.path("key").asText();
        byte[] object = project.object("landing", key);
        assertThat(file.path("bytes").asLong()).isEqualTo(object.length);
        keys.add(key);
        rows += file.path("rows").asLong();
        if (Instant.parse(run.path("data_interval_end").asText()).isAfter(hour(from))
            && !Instant.parse(run.path("data_interval_end").asText()).isAfter(hour(to))) {
          read.add(ExportedObjects.read(object, key, "ts, id", folder));
        }
      }
      assertThat(run.path("records_completed").asLong()).isEqualTo(rows);
    }
    assertThat(project.objects("landing", "out/").keySet())
        .containsExactlyInAnyOrderElementsOf(keys);
    assertThat(ExportedObjects.differences(duckDb, wanted, String.join(" UNION ALL ", read)))
        .isZero();
  }

  private String retried(int hour) throws Exception {
    String run =
        project.runs(export).stream()
            .filter(one -> one.path("data_interval_end").asText().equals(hour(hour + 1).toString()))
            .map(one -> one.path("id").asText())
            .findFirst()
            .orElseThrow();
    JsonNode made = project.ask("POST", export + "/runs/" + run + "/retry/", "");
    return export + "/backfills/" + made.path("backfill_id").asText();
  }

  @Test
  void lateRowsARetryABackfillAndAnUnpauseLeaveEachRowOnceAndCoverageSaysSo() throws Exception {
    for (int hour = 0; hour < 4; hour++) {
      ingest("hour " + hour, hour, HOURLY);
    }
    export = project.export("events", project.inline("out", ", 'file_format': 'Parquet'"), "");
    project.ask("POST", export + "/pause/", "");
    project.scheduledUntil(export, hour(0));

    timeIs(1);
    assertCovered(0, 1);
    ingest("late 0", 0, 24);
    timeIs(2);

    // The next run left the late rows where they were, and the coverage names them.
    JsonNode coverage = coverage(0, 2);
    assertThat(one(coverage, "late")).isEqualTo(stretch(0, 1));
    assertThat(coverage.at("/late/0/rows").asLong()).isEqualTo(24);
    assertThat(coverage.path("complete").asBoolean()).isFalse();
    assertThat(coverage.path("rows_exported").asLong()).isEqualTo(2 * HOURLY);
    assertThat(coverage.path("rows_in_source").asLong()).isEqualTo(2 * HOURLY + 24);
    assertExported(0, 2, selected(0, 2) + " AND id < " + 4 * HOURLY);

    assertThat(project.runs(export, retried(0))).hasSize(1);
    assertCovered(0, 2);
    assertExported(0, 2, selected(0, 2));

    ingest("late 1", 1, 10);
    assertThat(one(coverage(0, 2), "late")).isEqualTo(stretch(1, 2));
    assertThat(project.runs(export, project.backfill(export, hour(0), hour(2)))).hasSize(2);
    assertCovered(0, 2);
    assertExported(0, 2, selected(0, 2));

    coverage = coverage(0, 4);
    assertThat(one(coverage, "gaps")).isEqualTo(stretch(2, 4));
    assertThat(coverage.at("/gaps/0/reason").asText()).isEqualTo("paused");
    assertThat(coverage.path("rows_in_source").asLong()).isEqualTo(rowsOf(0, 4));
    project.ask("POST", export + "/unpause/", "{'backfill': true}");
    String made = project.get(export + "/backfills/").at("/results/0/id").asText();
    assertThat(project.runs(export, export + "/backfills/" + made))
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(run -> assertThat(run.path("status").asText()).isEqualTo("Completed"));
    assertCovered(0, 4);
    assertExported(0, 4, selected(0, 4));

    ingest("late 3", 3, 5);
    assertThat(one(coverage(0, 4), "late")).isEqualTo(stretch(3, 4));
    JsonNode repaired =
        project.ask(
            "POST",
            export + "/coverage/repair/",
            "{'start': '%s', 'end': '%s'}".formatted(hour(0), hour(4)));
    assertThat(repaired.path("backfill_ids")).as(repaired.toString()).hasSize(1);
    project.runs(export, export + "/backfills/" + repaired.at("/backfill_ids/0").asText());
    assertCovered(0, 4);
    assertExported(0, 4, selected(0, 4));
  }
}

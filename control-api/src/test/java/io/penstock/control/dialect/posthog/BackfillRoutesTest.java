package io.penstock.control.dialect.posthog;

import static io.penstock.control.dialect.posthog.PosthogApi.BE;
import static io.penstock.control.dialect.posthog.PosthogApi.KB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.export.Backfill;
import io.penstock.control.export.BackfillState;
import io.penstock.control.export.DataInterval;
import io.penstock.control.export.ExportRules;
import io.penstock.control.export.ExportRun;
import io.penstock.control.export.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Backfills. Numbers are those of the contract's cases. */
@ExtendWith(Cases.class)
final class BackfillRoutesTest {
  private PosthogApi api;
  private String hourly;

  @BeforeEach
  void start() {
    api = new PosthogApi();
    hourly = api.export(api.s("{}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private PosthogApi.Reply ask(String export, String start, String end) {
    return api.send("POST", export + "/backfills/", body(start, end));
  }

  private static String body(String start, String end) {
    return "{'start_at':%s,'end_at':%s}".formatted(start, end);
  }

  private void refused(String export, String start, String end, String detail) {
    PosthogApi.Reply reply = ask(export, start, end);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.body().path("detail").asText()).isEqualTo(detail);
    assertThat(reply.body().path("attr").isNull()).isTrue();
    assertThat(reply.body().path("code").asText()).isEqualTo("invalid_input");
    assertThat(api.get(export + "/backfills").path("results")).isEmpty();
  }

  /** The intervals of the runs that a backfill makes. */
  private List<String> intervals(String export, String start, String end) {
    PosthogApi.Reply reply = ask(export, start, end);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    String id = reply.body().path("backfill_id").asText();
    api.agenda.runUntil(api.clock.instant().plusSeconds(120));
    assertThat(api.get(export + "/backfills/" + id).path("status").asText()).isEqualTo("Completed");
    List<String> intervals = new ArrayList<>();
    api.get(export + "/runs/?ordering=data_interval_start&start=2000-01-01T00:00:00Z")
        .path("results")
        .forEach(
            run ->
                intervals.add(
                    run.path("data_interval_start").asText()
                        + " "
                        + run.path("data_interval_end").asText()));
    return intervals;
  }

  @Test
  void case_84_anHourIsBackfilled() {
    for (String model : List.of("events", "persons")) {
      String export = api.export(api.s("{'model':'" + model + "'}"));
      assertThat(intervals(export, "'2021-01-01T00:00:00+00:00'", "'2021-01-01T01:00:00+00:00'"))
          .containsExactly("2021-01-01T00:00:00Z 2021-01-01T01:00:00Z");
    }
  }

  private String export(String differs) {
    return api.export(api.s(differs));
  }

  @Test
  void cases_85_86_87_daysAreDates() {
    api.clock.set("2026-01-05T12:00:00Z");
    String utc = export("{'interval':'day'}");
    String pacific = export("{'interval':'day','timezone':'US/Pacific','offset_hour':1}");

    assertThat(intervals(utc, "'2026-01-01'", "'2026-01-02'"))
        .containsExactly("2026-01-01T00:00:00Z 2026-01-02T00:00:00Z");
    assertThat(intervals(pacific, "'2026-01-01'", "'2026-01-02'"))
        .containsExactly("2026-01-01T09:00:00Z 2026-01-02T09:00:00Z");
    refused(
        export("{'interval':'day'}"),
        "'2021-01-01T00:00:00+00:00'",
        "'2021-01-01T01:00:00+00:00'",
        "Input '2021-01-01T00:00:00+00:00' is not a valid ISO formatted date. Daily or weekly batch export backfills expect only the date component, but a time was included.");
  }

  @Test
  void cases_88_89_90_weeksBeginOnTheirDay() {
    api.clock.set("2026-01-20T12:00:00Z");
    String utc = export("{'interval':'week'}");
    String pacific = export("{'interval':'week','timezone':'US/Pacific','offset_hour':1}");

    assertThat(intervals(utc, "'2026-01-04'", "'2026-01-11'"))
        .containsExactly("2026-01-04T00:00:00Z 2026-01-11T00:00:00Z");
    assertThat(intervals(pacific, "'2026-01-04'", "'2026-01-11'"))
        .containsExactly("2026-01-04T09:00:00Z 2026-01-11T09:00:00Z");
    refused(
        export("{'interval':'week'}"),
        "'2026-01-04T00:00:00+00:00'",
        "'2026-01-11T00:00:00+00:00'",
        "Input '2026-01-04T00:00:00+00:00' is not a valid ISO formatted date. Daily or weekly batch export backfills expect only the date component, but a time was included.");
    refused(
        export("{'interval':'week','offset_day':1}"),
        "'2026-01-04'",
        "'2026-01-11'",
        "Input 2026-01-04 is not on the correct day of the week for this batch export. 2026-01-04 is a Sunday but this batch export is configured to run weekly on Monday.");
  }

  @Test
  void cases_91_92_93_94_97_boundsHaveToMakeSense() {
    String good = "'2021-01-01T01:00:00Z'";
    refused(
        hourly, "'not a date'", good, "Input not a date is not a valid ISO formatted datetime.");
    refused(
        hourly, good, "'not a date'", "Input not a date is not a valid ISO formatted datetime.");
    refused(
        hourly,
        "'2026-01-01T11:30:00+00:00'",
        "'2026-01-01T14:40:00+02:00'",
        "The provided 'end_at' (2026-01-01T14:40:00+02:00) is in the future");
    refused(hourly, "'2021-01-01T01:00:00'", good, "Input 2021-01-01T01:00:00 is naive.");
    refused(hourly, "'2021-01-01'", good, "Input 2021-01-01 is naive.");
    String order = "The initial backfill datetime 'start_at' must be before 'end_at'";
    refused(hourly, good, good, order);
    refused(hourly, "'2021-01-02T01:00:00Z'", good, order);
    refused(
        hourly,
        "null",
        good,
        "Backfilling from the beginning of time is not enabled for this team.");
    refused(hourly, good, "null", "Backfilling a BatchExport with no end date is not allowed");
    refused(
        hourly, good, "'2021-01-01T01:40:00Z'", "The backfill range contains no complete interval");
  }

  @Test
  void cases_95_96_othersCannotBackfill() {
    String range = body("'2021-01-01T00:00:00Z'", "'2021-01-01T01:00:00Z'");
    assertThat(api.send("POST", hourly + "/backfills/", range, KB).status()).isEqualTo(403);
    PosthogApi.Reply wrong =
        api.send("POST", hourly.replace("projects/1", "projects/2") + "/backfills/", range);
    assertThat(wrong.status()).isEqualTo(404);
    assertThat(wrong.body().path("detail").asText()).isEqualTo("BatchExport not found.");
  }

  private Backfill seeded(String start, int hours, BackfillState state, Optional<Long> rows) {
    Instant end = Instant.parse("2021-01-01T00:00:00Z").plus(Duration.ofHours(hours));
    UUID export = UUID.fromString(hourly.substring(hourly.lastIndexOf('/') + 1));
    Instant now = api.ports.now();
    Backfill backfill =
        new Backfill(
            UUID.randomUUID(),
            export,
            api.ports.exports().find(export).orElseThrow().project(),
            Optional.of(start).filter(text -> !text.isEmpty()).map(Instant::parse),
            end,
            Optional.empty(),
            Optional.empty(),
            rows,
            state,
            Optional.empty(),
            Optional.empty(),
            now,
            Optional.of(now).filter(at -> state.isFinal()),
            now,
            1);
    api.ports.backfills().insert(backfill, Optional.empty());
    return backfill;
  }

  @Test
  void case_98_aProjectHasAsManyBackfillsAsItMay() {
    ExportRules r = PosthogApi.RULES;
    api.close();
    api =
        new PosthogApi(
            new ExportRules(
                r.highFrequency(),
                r.freeQuery(),
                r.earliestBackfill(),
                2,
                r.inlineKeys(),
                r.failureThreshold(),
                r.maxAttempts(),
                r.runRetries(),
                r.delay(),
                r.catchUp()));
    hourly = api.export(api.s("{}"));
    for (int hours = 1; hours <= 2; hours++) {
      seeded("2021-01-01T00:00:00Z", hours, BackfillState.RUNNING, Optional.empty());
    }

    PosthogApi.Reply more = ask(hourly, "'2021-01-01T00:00:00Z'", "'2021-01-01T09:00:00Z'");

    assertThat(more.status()).isEqualTo(429);
    assertThat(more.body().path("type").asText()).isEqualTo("server_error");
    assertThat(more.body().path("code").asText()).isEqualTo("too_many_concurrent_backfills");
    assertThat(more.body().path("detail").asText())
        .isEqualTo(
            "This team already has 2 batch export backfills running. Wait for some to finish or cancel them before creating more.");
    assertThat(api.get(hourly + "/backfills").path("results")).hasSize(2);
  }

  /** Adds runs of a backfill that have finished, one of them without success. */
  private void addRuns(Backfill backfill, int finished) {
    for (int i = 0; i < finished; i++) {
      Instant start = Instant.parse("2021-01-01T00:00:00Z").plus(Duration.ofHours(i));
      Instant now = api.ports.now();
      boolean added =
          api.ports
              .runs()
              .insert(
                  new ExportRun(
                      UUID.randomUUID(),
                      backfill.export(),
                      Optional.of(backfill.id()),
                      DataInterval.of(start, start.plus(Duration.ofHours(1))),
                      0,
                      i == 1 ? RunState.FAILED : RunState.COMPLETED,
                      ExportRun.Counts.of(1, 1, Optional.of(1L)),
                      Optional.empty(),
                      1,
                      Optional.empty(),
                      Optional.empty(),
                      false,
                      Optional.empty(),
                      now,
                      Optional.of(now),
                      now,
                      1));
      assertThat(added).isTrue();
    }
  }

  /** Of the contract: state, start, hours of the range, finished runs, rows if they are counted. */
  private record Progress(
      BackfillState state, String start, int hours, int finished, long rows, String shown) {}

  private static String shown(int total, int finished, String value) {
    return "{\"total_runs\":%d,\"finished_runs\":%d,\"progress\":%s}"
        .formatted(total, finished, value);
  }

  @Test
  void case_99_aBackfillShowsHowFarItIs() {
    String start = "2021-01-01T00:00:00Z";
    List<Progress> table =
        List.of(
            new Progress(BackfillState.COMPLETED, start, 1, 0, -1, shown(1, 1, "1.0")),
            new Progress(BackfillState.COMPLETED, start, 1, 1, -1, shown(1, 1, "1.0")),
            new Progress(BackfillState.COMPLETED, start, 2, 0, 0, shown(0, 0, "1.0")),
            new Progress(BackfillState.COMPLETED, "", 2, 1, -1, shown(1, 1, "1.0")),
            new Progress(BackfillState.FAILED, start, 1, 0, -1, "null"),
            new Progress(BackfillState.CANCELLED, start, 2, 1, -1, "null"),
            new Progress(BackfillState.RUNNING, "", 2, 0, -1, "null"),
            new Progress(BackfillState.STARTING, start, 2, 0, -1, shown(2, 0, "0.0")),
            new Progress(BackfillState.RUNNING, start, 2, 1, -1, shown(2, 1, "0.5")),
            new Progress(BackfillState.RUNNING, start, 3, 1, -1, shown(3, 1, "0.3")),
            new Progress(BackfillState.RUNNING, start, 4, 1, -1, shown(4, 1, "0.2")),
            new Progress(BackfillState.RUNNING, start, 2, 3, -1, shown(3, 3, "1.0")));
    for (Progress row : table) {
      Optional<Long> rows = row.rows() < 0 ? Optional.empty() : Optional.of(row.rows());
      // One range is backfilled once at a time.
      hourly = api.export(api.s("{}"));
      Backfill backfill = seeded(row.start(), row.hours(), row.state(), rows);
      addRuns(backfill, row.finished());

      JsonNode shown = api.get(hourly + "/backfills/" + backfill.id() + "/");

      assertThat(shown.path("progress").toString()).as("%s", row).isEqualTo(row.shown());
      List<String> keys = new ArrayList<>();
      shown.fieldNames().forEachRemaining(keys::add);
      assertThat(keys)
          .containsExactlyInAnyOrder(
              "id",
              "batch_export",
              "team",
              "start_at",
              "end_at",
              "adjusted_start_at",
              "total_records_count",
              "status",
              "created_at",
              "finished_at",
              "last_updated_at",
              "progress");
    }
  }

  @Test
  void cases_100_101_102_backfillsAreListedAndCancelled() {
    api.executor.block();
    String first =
        ask(hourly, "'2021-01-01T00:00:00Z'", "'2021-01-01T02:00:00Z'")
            .body()
            .path("backfill_id")
            .asText();
    ask(hourly, "'2021-01-01T00:00:00Z'", "'2021-01-01T03:00:00Z'");
    String path = hourly + "/backfills/" + first + "/";
    api.agenda.runUntil(api.clock.instant().plusSeconds(10));

    assertThat(api.send("GET", path, "", KB).status()).isEqualTo(403);
    assertThat(api.get(hourly + "/backfills/").path("results")).hasSize(2);
    assertThat(api.get(hourly.replace("projects/1", "projects/2") + "/backfills/").path("results"))
        .isEmpty();

    assertThat(api.send("POST", path + "cancel/", "").text()).isEqualTo("{\"cancelled\":true}");
    JsonNode cancelled = api.get(path);
    assertThat(cancelled.path("status").asText()).isEqualTo("Cancelled");
    assertThat(cancelled.path("progress").isNull()).isTrue();
    api.get(hourly + "/runs/")
        .path("results")
        .forEach(
            run -> {
              if (run.path("backfill").asText().equals(first)) {
                assertThat(run.path("status").asText()).isEqualTo("Cancelled");
              }
            });
    PosthogApi.Reply again = api.send("POST", path + "cancel/", "");
    assertThat(again.body().path("detail").asText())
        .isEqualTo("Cannot cancel a backfill that is in 'Cancelled' status");
  }

  @Test
  void case_74_aPauseIsBackfilled() {
    api.clock.set("2026-01-01T12:20:00Z");
    api.send("POST", hourly + "/pause", "");
    api.clock.set("2026-01-01T15:40:00Z");
    api.send("POST", hourly + "/unpause", "{'backfill':true}");
    JsonNode export = api.get(hourly);

    JsonNode backfill = api.get(hourly + "/backfills").path("results").path(0);
    assertThat(backfill.path("start_at")).isEqualTo(export.path("last_paused_at"));
    assertThat(backfill.path("end_at")).isEqualTo(export.path("last_updated_at"));
    api.runUntil("2026-01-01T16:10:00Z");
    List<String> ends = new ArrayList<>();
    api.get(hourly + "/runs/?ordering=data_interval_start")
        .path("results")
        .forEach(run -> ends.add(run.path("data_interval_end").asText().substring(11, 13)));
    assertThat(ends).containsExactly("13", "14", "15", "16");
  }

  @Test
  void case_128_aPauseIsBackfilledAndTheScheduleGoesOn() {
    api.clock.set("2026-01-02T10:05:00Z");
    String export = api.export(api.s("{}"));
    api.clock.set("2026-01-02T10:20:00Z");
    api.send("POST", export + "/pause", "");
    api.runUntil("2026-01-02T13:40:00Z");
    assertThat(api.get(export + "/runs").path("results")).isEmpty();

    api.send("POST", export + "/unpause", "{'backfill':true}");

    String backfill = api.get(export + "/backfills").at("/results/0/id").asText();
    api.runUntil("2026-01-02T14:10:00Z");
    List<String> runs = new ArrayList<>();
    api.get(export + "/runs/?ordering=data_interval_start")
        .path("results")
        .forEach(
            run ->
                runs.add(
                    run.path("data_interval_end").asText().substring(11, 16)
                        + (run.path("backfill").asText().equals(backfill) ? " backfill" : "")));
    assertThat(runs).containsExactly("11:00 backfill", "12:00 backfill", "13:00 backfill", "14:00");
    JsonNode coverage =
        api.get(export + "/coverage/?start=2026-01-02T10:00:00Z&end=2026-01-02T14:00:00Z");
    assertThat(coverage.path("complete").asBoolean()).as(coverage.toString()).isTrue();
    assertThat(coverage.path("rows_exported").asInt()).isEqualTo(40);
  }

  @Test
  void case_125_theSameRangeTwiceTheOldAliasAndBoundsOffTheGrid() {
    api.executor.block();
    String start = "'2021-01-01T00:30:00Z'";
    String end = "'2021-01-01T02:30:00Z'";
    String id = ask(hourly, start, end).body().path("backfill_id").asText();
    PosthogApi.Reply twice = ask(hourly, start, end);
    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.body().path("code").asText()).isEqualTo("duplicate_backfill");
    api.executor.unblock();
    api.agenda.runUntil(api.clock.instant().plusSeconds(60));

    JsonNode done = api.get(hourly + "/backfills/" + id);
    assertThat(done.path("status").asText()).isEqualTo("Completed");
    assertThat(done.path("adjusted_start_at").asText()).isEqualTo("2021-01-01T00:00:00Z");
    assertThat(done.path("progress").toString())
        .isEqualTo("{\"total_runs\":2,\"finished_runs\":2,\"progress\":1.0}");
    assertThat(api.send("POST", hourly + "/backfill/", body(start, end)).status()).isEqualTo(201);
    assertThat(api.send("POST", BE + "/x/backfill/", body(start, end)).status()).isEqualTo(404);
  }

  private static List<Long> hours(List<String> intervals) {
    return intervals.stream()
        .map(
            one ->
                Duration.between(
                        Instant.parse(one.split(" ", -1)[0]), Instant.parse(one.split(" ", -1)[1]))
                    .toHours())
        .toList();
  }

  @Test
  void cases_126_127_daysWithClockChanges() {
    String berlin = "{'interval':'day','timezone':'Europe/Berlin','offset_hour':2}";
    String apia = export("{'interval':'day','timezone':'Pacific/Apia'}");

    assertThat(hours(intervals(export(berlin), "'2025-03-29'", "'2025-04-01'")))
        .containsExactly(24L, 23L, 24L);
    assertThat(hours(intervals(export(berlin), "'2025-10-25'", "'2025-10-28'")))
        .containsExactly(24L, 25L, 24L);
    assertThat(hours(intervals(apia, "'2011-12-29'", "'2012-01-01'"))).containsExactly(24L, 24L);
  }
}

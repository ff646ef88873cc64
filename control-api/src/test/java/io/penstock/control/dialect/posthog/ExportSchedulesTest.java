package io.penstock.control.dialect.posthog;

import static io.penstock.control.dialect.posthog.PosthogApi.BE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.export.ExportRules;
import io.penstock.control.export.StartDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * When the runs of new exports start, with the jitter that they have. Numbers are those of the
 * contract's cases; what answers say of a schedule is in {@link ExportCreationTest}.
 */
@ExtendWith(Cases.class)
final class ExportSchedulesTest {
  private PosthogApi api;

  @BeforeEach
  void start() {
    ExportRules r = PosthogApi.RULES;
    api =
        new PosthogApi(
            new ExportRules(
                r.highFrequency(),
                r.freeQuery(),
                r.earliestBackfill(),
                r.maxBackfills(),
                r.inlineKeys(),
                r.failureThreshold(),
                r.maxAttempts(),
                r.runRetries(),
                new StartDelay(true, Optional.of(Duration.ZERO)),
                r.catchUp()));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /**
   * Makes the export, passes time, and checks the intervals of its first runs.
   *
   * @param jitter that the first run starts at most behind its interval's end
   */
  private void runs(String body, Duration jitter, String... bounds) {
    String export = api.export(body);
    Instant last = Instant.parse(bounds[bounds.length - 1]);
    assertThat(api.get(export).path("latest_runs")).isEmpty();
    api.agenda.runUntil(last.plus(jitter).plusSeconds(1));

    List<JsonNode> runs = new ArrayList<>();
    api.get(export + "/runs/?ordering=data_interval_start&start=2000-01-01T00:00:00Z")
        .path("results")
        .forEach(runs::add);
    List<String> found = new ArrayList<>();
    found.add(runs.get(0).path("data_interval_start").asText());
    for (JsonNode run : runs) {
      found.add(run.path("data_interval_end").asText());
      Instant end = Instant.parse(run.path("data_interval_end").asText());
      Instant started = Instant.parse(run.path("created_at").asText());
      assertThat(started).isBetween(end, end.plus(jitter));
    }
    assertThat(found).containsExactly(bounds);
  }

  @Test
  void case_1_theFirstBoundaryIsTheNextFullHourAndStrayKeysAreIgnored() {
    String body =
        api.s(
            "{'destination':{'config':{'use_virtual_style_addressing':true,'legacy_parquet_extension':false}},'last_modified_by':999}");
    assertThat(api.made(BE, body).has("last_modified_by")).isFalse();
    runs(body, Duration.ofMinutes(15), "2026-01-01T12:00:00Z", "2026-01-01T13:00:00Z");
  }

  @Test
  void cases_2_3_5_theJitterOfAnIntervalIsBoundedAndHoursAreThoseOfUtc() {
    runs(
        api.a("{'interval':'every 5 minutes','timezone':null}"),
        Duration.ofMinutes(1),
        "2026-01-01T12:10:00Z",
        "2026-01-01T12:15:00Z",
        "2026-01-01T12:20:00Z",
        "2026-01-01T12:25:00Z");
    api.clock.set("2026-01-02T12:10:00Z");
    Duration quarter = Duration.ofMinutes(15);
    runs(
        api.a("{'timezone':'UTC'}"),
        quarter,
        "2026-01-02T12:00:00Z",
        "2026-01-02T13:00:00Z",
        "2026-01-02T14:00:00Z");
    runs(
        api.a("{'timezone':'US/Pacific'}"),
        quarter,
        "2026-01-02T14:00:00Z",
        "2026-01-02T15:00:00Z",
        "2026-01-02T16:00:00Z");
  }

  @Test
  void cases_7_8_daysBeginInTheirZone() {
    Duration twenty = Duration.ofMinutes(20);
    runs(
        api.a("{'interval':'day','timezone':'US/Pacific'}"),
        twenty,
        "2026-01-01T08:00:00Z",
        "2026-01-02T08:00:00Z",
        "2026-01-03T08:00:00Z");
    runs(
        api.a("{'interval':'day','timezone':'Asia/Kathmandu','offset_hour':2}"),
        twenty,
        "2026-01-02T20:15:00Z",
        "2026-01-03T20:15:00Z",
        "2026-01-04T20:15:00Z");
  }

  @Test
  void cases_10_11_12_weeksBeginInTheirZone() {
    Duration half = Duration.ofMinutes(30);
    runs(
        api.a("{'interval':'week','timezone':null}"),
        half,
        "2025-12-28T00:00:00Z",
        "2026-01-04T00:00:00Z",
        "2026-01-11T00:00:00Z");
    runs(
        api.a("{'interval':'week','timezone':'Asia/Kathmandu'}"),
        half,
        "2026-01-10T18:15:00Z",
        "2026-01-17T18:15:00Z");
    runs(
        api.a("{'interval':'week','timezone':'Europe/Berlin','offset_day':1,'offset_hour':2}"),
        half,
        "2026-01-12T01:00:00Z",
        "2026-01-19T01:00:00Z");
  }

  @Test
  void cases_4_6_9_13_whatIsRefusedIsNotScheduled() {
    for (String differs :
        List.of(
            "{'timezone':'invalid'}",
            "{'timezone':'US/Pacific','offset_hour':2}",
            "{'interval':'day','timezone':'Asia/Kathmandu','offset_hour':24}",
            "{'interval':'week','timezone':'Europe/Berlin','offset_day':7,'offset_hour':2}")) {
      assertThat(api.send("POST", BE, api.a(differs)).status()).isEqualTo(400);
    }

    api.agenda.runUntil(api.clock.instant().plus(Duration.ofDays(8)));

    assertThat(api.get(BE).path("count").asInt()).isZero();
    assertThat(api.executor.started()).isEmpty();
  }
}

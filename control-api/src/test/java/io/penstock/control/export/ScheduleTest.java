package io.penstock.control.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Grid HOURLY = new Grid(Frequency.HOUR, "UTC", 0, 0);
  private static final Grid DAILY = new Grid(Frequency.DAY, "Europe/Berlin", 0, 2);

  private static Instant at(String time) {
    return Instant.parse("2026-01-05T" + time + ":00Z");
  }

  private static Schedule hourly(String now) {
    return Schedule.beginning(HOURLY, Optional.empty(), Optional.empty(), at(now));
  }

  private static Schedule.Pass pass(Schedule schedule, Instant now) {
    return schedule.pass(now, YEAR, 100, boundary -> MINUTE);
  }

  private static List<String> due(Schedule.Pass pass) {
    return pass.due().stream()
        .map(
            i ->
                i.start().orElseThrow().toString().substring(11, 16)
                    + "-"
                    + i.end().toString().substring(11, 16))
        .toList();
  }

  @Test
  void theFirstRunIsOfTheWholeIntervalThatTheExportWasMadeIn() {
    Schedule made = hourly("10:20");

    assertThat(pass(made, at("10:20")).due()).isEmpty();
    assertThat(pass(made, at("10:20")).wake()).contains(at("11:01"));
    assertThat(pass(made, at("11:00")).wake()).contains(at("11:01"));
    assertThat(due(pass(made, at("11:01")))).containsExactly("10:00-11:00");
  }

  @Test
  void whatPassedWhileNobodyLookedIsCaughtUpOldestFirstAFewAtATime() {
    Schedule made = hourly("10:20");

    Schedule.Pass some = made.pass(at("14:30"), YEAR, 3, boundary -> MINUTE);

    assertThat(due(some)).containsExactly("10:00-11:00", "11:00-12:00", "12:00-13:00");
    assertThat(some.wake()).contains(at("14:01"));
    assertThat(due(pass(some.after(), at("14:30")))).containsExactly("13:00-14:00");
    assertThat(due(made.pass(at("14:30"), Duration.ofHours(2), 9, boundary -> MINUTE)))
        .containsExactly("12:00-13:00", "13:00-14:00");
  }

  @Test
  void boundariesOutsideTheBoundsDoNotFireAndBothBoundsDo() {
    Schedule bounded =
        Schedule.beginning(HOURLY, Optional.of(at("12:00")), Optional.of(at("13:00")), at("10:20"));

    assertThat(pass(bounded, at("10:20")).wake()).contains(at("12:01"));
    Schedule.Pass all = pass(bounded, at("18:00"));
    assertThat(due(all)).containsExactly("11:00-12:00", "12:00-13:00");
    assertThat(all.wake()).isEmpty();
  }

  @Test
  void whatPassesInAPauseIsSkippedAndWhatPassedBeforeStillRuns() {
    Schedule paused = hourly("10:20").paused(at("12:00"));

    Schedule.Pass before = pass(paused, at("12:00"));
    assertThat(due(before)).containsExactly("10:00-11:00");
    assertThat(before.wake()).contains(at("12:01"));
    Schedule.Pass late = pass(before.after(), at("12:01"));
    assertThat(due(late)).containsExactly("11:00-12:00");
    assertThat(late.wake()).isEmpty();
    assertThat(due(pass(late.after().resumed(at("15:40")), at("16:01"))))
        .containsExactly("15:00-16:00");
  }

  @Test
  void aBoundaryThatPassedBeforeAShortPauseRunsAfterIt() {
    Schedule resumed = hourly("10:20").paused(at("11:00")).resumed(at("11:00").plusSeconds(30));

    assertThat(due(pass(resumed, at("12:30")))).containsExactly("10:00-11:00", "11:00-12:00");
  }

  @Test
  void anotherIntervalBeginsWhereTheLastOneEnded() {
    Schedule hours = pass(hourly("08:20"), at("10:30")).after();

    Schedule days = hours.changed(DAILY, Optional.empty(), Optional.empty(), at("10:30"));

    Schedule.Pass next = pass(days, Instant.parse("2026-01-06T02:00:00Z"));
    assertThat(next.due())
        .containsExactly(DataInterval.of(at("10:00"), Instant.parse("2026-01-06T01:00:00Z")));
    Schedule again =
        next.after()
            .changed(
                HOURLY, Optional.empty(), Optional.empty(), Instant.parse("2026-01-06T03:30:00Z"));
    assertThat(due(pass(again, Instant.parse("2026-01-06T03:30:00Z"))))
        .containsExactly("01:00-02:00", "02:00-03:00");
  }

  @Test
  void liftingABoundBringsNothingBack() {
    Schedule ended =
        Schedule.beginning(HOURLY, Optional.empty(), Optional.of(at("11:00")), at("10:20"));
    Schedule open = ended.changed(HOURLY, Optional.empty(), Optional.empty(), at("14:20"));
    Schedule early =
        Schedule.beginning(HOURLY, Optional.of(at("20:00")), Optional.empty(), at("10:20"))
            .changed(HOURLY, Optional.empty(), Optional.empty(), at("14:20"));

    assertThat(due(pass(open, at("16:01"))))
        .containsExactly("10:00-11:00", "14:00-15:00", "15:00-16:00");
    assertThat(due(pass(early, at("15:01")))).containsExactly("14:00-15:00");
  }

  @Test
  void whateverHappensRangesMeet() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Instant now = Instant.parse("2025-03-20T00:00:00Z").plusSeconds(random.nextInt(900_000));
      Grid grid = HOURLY;
      Schedule schedule = Schedule.beginning(grid, Optional.empty(), Optional.empty(), now);
      Instant expected = schedule.passed();
      StartDelay delay = new StartDelay(true, Optional.empty());
      UUID export = new UUID(seed, 1);
      List<Instant> pauses = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        now = now.plusSeconds(random.nextInt(20_000));
        Frequency frequency = schedule.grid().frequency();
        Schedule.Pass pass =
            schedule.pass(now, YEAR, 5, boundary -> delay.of(export, frequency, boundary));
        for (DataInterval interval : pass.due()) {
          if (pauses.isEmpty()) {
            assertThat(interval.start()).as("seed %d", seed).contains(expected);
          }
          assertThat(interval.start().orElseThrow()).isAfterOrEqualTo(expected);
          expected = interval.end();
        }
        schedule = pass.after();
        switch (random.nextInt(12)) {
          case 0 -> schedule = schedule.changed(HOURLY, Optional.empty(), Optional.empty(), now);
          case 1 -> schedule = schedule.changed(DAILY, Optional.empty(), Optional.empty(), now);
          case 2 -> {
            if (seed % 2 == 1) {
              schedule = schedule.paused(now).resumed(now.plusSeconds(3_000));
              pauses.add(now);
            }
          }
          default -> {}
        }
      }
      assertThat(expected).as("seed %d", seed).isAfter(now.minus(Duration.ofDays(9)));
    }
  }

  @Test
  void aRunStartsAfterItsIntervalHasSettledAndBelowTheJitterAlwaysAtTheSameMoment() {
    StartDelay spread = new StartDelay(true, Optional.of(Duration.ZERO));
    StartDelay plain = new StartDelay(false, Optional.empty());
    UUID export = new UUID(7, 9);
    List<Duration> delays = new ArrayList<>();
    for (int hour = 0; hour < 1_000; hour++) {
      Instant boundary = at("10:00").plus(Duration.ofHours(hour));
      delays.add(spread.of(export, Frequency.HOUR, boundary));
      assertThat(spread.of(export, Frequency.HOUR, boundary)).isEqualTo(delays.get(hour));
    }

    assertThat(delays).allMatch(d -> d.compareTo(Duration.ofMinutes(15)) < 0);
    assertThat(delays).anyMatch(d -> d.compareTo(Duration.ofMinutes(1)) < 0);
    assertThat(delays).anyMatch(d -> d.compareTo(Duration.ofMinutes(14)) > 0);
    assertThat(plain.of(export, Frequency.FIVE_MINUTES, at("10:00")))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(plain.of(export, Frequency.WEEK, at("10:00"))).isEqualTo(MINUTE);
  }
}

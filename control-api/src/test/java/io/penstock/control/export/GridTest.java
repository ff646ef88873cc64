package io.penstock.control.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GridTest {
  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "Europe/Berlin",
          "Australia/Lord_Howe",
          "Asia/Kathmandu",
          "UTC",
          "Africa/Casablanca");

  private static Grid daily(String zone, int hour) {
    return new Grid(Frequency.DAY, zone, 0, hour);
  }

  private static List<String> ends(Grid grid, String start, String end) {
    return grid.intervals(Instant.parse(start), Instant.parse(end)).stream()
        .map(interval -> interval.end().toString())
        .toList();
  }

  private static List<Long> hours(Grid grid, String start, String end) {
    return grid.intervals(Instant.parse(start), Instant.parse(end)).stream()
        .map(i -> Duration.between(i.start().orElseThrow(), i.end()).toHours())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void fiveYearsOfSixZonesHaveNoGapAndNoOverlap(Frequency frequency) {
    Instant begin = Instant.parse("2022-01-01T00:00:00Z");
    Instant end = Instant.parse("2027-01-01T00:00:00Z");
    Random random = new Random(17);
    for (String zone : ZONES) {
      for (int hour : frequency.followsCalendar() ? new int[] {0, 1, 2, 3, 23} : new int[] {0}) {
        Grid grid = new Grid(frequency, zone, random.nextInt(7), hour);
        List<DataInterval> intervals = grid.intervals(begin, end);
        Instant expected = grid.atOrBefore(begin);
        for (DataInterval interval : intervals) {
          assertThat(interval.start()).contains(expected);
          assertThat(Duration.between(expected, interval.end()).minus(frequency.length()).abs())
              .isLessThanOrEqualTo(Duration.ofHours(1));
          expected = interval.end();
        }
        assertThat(expected).isEqualTo(grid.atOrBefore(end));
        assertThat(grid.count(begin, end)).isEqualTo(intervals.size());
        for (int i = 0; i < 200; i++) {
          Instant any = begin.plusSeconds(random.nextLong(157_000_000L));
          Instant before = grid.atOrBefore(any);
          assertThat(before).isBeforeOrEqualTo(any);
          assertThat(grid.after(any)).isAfter(any).isEqualTo(grid.after(before));
          assertThat(grid.atOrBefore(before)).isEqualTo(before);
        }
      }
    }
  }

  @Test
  void aDayIsShorterOrLongerWhereClocksAreChanged() {
    Grid berlin = daily("Europe/Berlin", 2);

    assertThat(ends(berlin, "2025-03-29T01:00:00Z", "2025-03-31T00:00:00Z"))
        .containsExactly("2025-03-30T01:00:00Z", "2025-03-31T00:00:00Z");
    assertThat(hours(berlin, "2025-03-29T01:00:00Z", "2025-04-01T00:00:00Z"))
        .containsExactly(24L, 23L, 24L);
    assertThat(hours(berlin, "2025-10-25T00:00:00Z", "2025-10-28T01:00:00Z"))
        .containsExactly(24L, 25L, 24L);
    assertThat(hours(daily("Europe/Berlin", 0), "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"))
        .containsExactly(23L);
  }

  @Test
  void aDayThatAZoneLeftOutIsNoInterval() {
    assertThat(ends(daily("Pacific/Apia", 0), "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z"))
        .containsExactly("2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z");
  }

  @Test
  void daysBeginAtTheLocalHour() {
    assertThat(daily("Asia/Kathmandu", 2).after(Instant.parse("2026-01-01T00:00:00Z")))
        .isEqualTo("2026-01-01T20:15:00Z");
  }

  @Test
  void weeksBeginOnTheirDay() {
    Instant thursday = Instant.parse("2026-01-01T12:00:00Z");

    assertThat(new Grid(Frequency.WEEK, "UTC", 0, 0).after(thursday))
        .isEqualTo("2026-01-04T00:00:00Z");
    assertThat(new Grid(Frequency.WEEK, "Asia/Kathmandu", 0, 0).after(thursday))
        .isEqualTo("2026-01-03T18:15:00Z");
    assertThat(new Grid(Frequency.WEEK, "Europe/Berlin", 1, 2).after(thursday))
        .isEqualTo("2026-01-05T01:00:00Z");
  }

  @Test
  void shortIntervalsAreOfUtcWhateverTheZone() {
    Grid grid = new Grid(Frequency.HOUR, "Asia/Kathmandu", 0, 0);

    assertThat(grid.after(Instant.parse("2026-01-01T12:10:00Z"))).isEqualTo("2026-01-01T13:00:00Z");
    assertThat(grid.atOrBefore(Instant.parse("1969-12-31T23:10:00Z")))
        .isEqualTo("1969-12-31T23:00:00Z");
  }

  @Test
  void zonesHaveTheNamesOfTheIanaListAndNoOthers() {
    assertThat(List.of("EST", "ROC", "US/Pacific", "Europe/Kyiv", "GMT+0", "MST", "UTC", "GMT0"))
        .allMatch(name -> ZoneNames.find(name).isPresent());
    assertThat(List.of("+02:00", "utc", "SystemV/AST4", "Z", "UTC+2", "PST", "invalid", ""))
        .allMatch(name -> ZoneNames.find(name).isEmpty());
  }
}

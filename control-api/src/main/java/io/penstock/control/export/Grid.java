package io.penstock.control.export;

import io.penstock.spec.Check;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an export's intervals meet. Each boundary of a day or a week is made from its date: a local
 * time that does not exist moves on by the gap, one that exists twice is the first. Pure.
 *
 * @param zoneName see {@link ZoneNames}; of days and weeks, others are of UTC
 * @param offsetDay 0 for Sunday; of weeks
 * @param offsetHour of days and weeks
 */
public record Grid(Frequency frequency, String zoneName, int offsetDay, int offsetHour) {
  private static final int DAYS_OF_WEEK = 7;

  /** Zones have jumped over a whole day. */
  private static final int FAR_ENOUGH = 2;

  public Grid {
    Check.that(ZoneNames.find(zoneName).isPresent(), "there is no zone %s", zoneName);
    Check.that(offsetDay >= 0 && offsetDay <= 6, "offsetDay must be 0 to 6 but was %d", offsetDay);
    Check.that(
        offsetHour >= 0 && offsetHour <= 23, "offsetHour must be 0 to 23 but was %d", offsetHour);
  }

  /** The last boundary that is not after the instant. */
  public Instant atOrBefore(Instant instant) {
    if (!frequency.followsCalendar()) {
      long length = frequency.length().toSeconds();
      return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), length) * length);
    }
    LocalDate date = onGrid(localDate(instant).plusDays((long) FAR_ENOUGH * step()));
    while (boundary(date).isAfter(instant)) {
      date = date.minusDays(step());
    }
    return boundary(date);
  }

  boolean isBoundary(Instant instant) {
    return atOrBefore(instant).equals(instant);
  }

  /** The first boundary after the instant. */
  public Instant after(Instant instant) {
    if (!frequency.followsCalendar()) {
      return atOrBefore(instant).plus(frequency.length());
    }
    LocalDate date = onGrid(localDate(instant).minusDays((long) FAR_ENOUGH * step()));
    while (!boundary(date).isAfter(instant)) {
      date = date.plusDays(step());
    }
    return boundary(date);
  }

  /** The instant of the offset's hour on a date, be that a boundary or not. */
  public Instant boundary(LocalDate date) {
    return ZonedDateTime.ofLocal(date.atTime(LocalTime.of(offsetHour, 0)), zone(), null)
        .toInstant();
  }

  /** The weekday that weeks begin on. */
  public DayOfWeek weekday() {
    return DayOfWeek.of(offsetDay == 0 ? DAYS_OF_WEEK : offsetDay);
  }

  /**
   * The whole intervals from the boundary at or before the start to the one at or before the end.
   */
  public List<DataInterval> intervals(Instant start, Instant end) {
    List<DataInterval> intervals = new ArrayList<>();
    Instant from = atOrBefore(start);
    for (Instant to = after(from); !to.isAfter(end); to = after(from)) {
      intervals.add(DataInterval.of(from, to));
      from = to;
    }
    return intervals;
  }

  /** How many {@link #intervals} there are. */
  public long count(Instant start, Instant end) {
    Instant from = atOrBefore(start);
    Instant to = atOrBefore(end);
    if (!to.isAfter(from)) {
      return 0;
    }
    return frequency.followsCalendar()
        ? intervals(from, to).size()
        : (to.getEpochSecond() - from.getEpochSecond()) / frequency.length().toSeconds();
  }

  private ZoneId zone() {
    return ZoneNames.find(zoneName).orElseThrow();
  }

  private LocalDate localDate(Instant instant) {
    return instant.atZone(zone()).toLocalDate();
  }

  private int step() {
    return frequency == Frequency.WEEK ? DAYS_OF_WEEK : 1;
  }

  private LocalDate onGrid(LocalDate date) {
    if (frequency != Frequency.WEEK) {
      return date;
    }
    int late = Math.floorMod(date.getDayOfWeek().getValue() - weekday().getValue(), DAYS_OF_WEEK);
    return date.minusDays(late);
  }
}

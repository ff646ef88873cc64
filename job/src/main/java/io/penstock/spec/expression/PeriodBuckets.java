package io.penstock.spec.expression;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Cuts time into periods of a zone's calendar, before 1970 as after. Remembers the last period,
 * because times come in order more often than not; of one thread.
 */
public final class PeriodBuckets {
  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  private final CalendarPeriod period;
  private final LocalDateTime origin;
  private final ZoneId zone;
  private long start = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;

  /**
   * @param origin in microseconds, of one bucket's start; absent for the usual one
   */
  public PeriodBuckets(CalendarPeriod period, Optional<Long> origin, ZoneId zone) {
    this.period = period;
    this.zone = zone;
    this.origin =
        origin
            .map(micros -> LocalDateTime.ofInstant(instant(micros), zone))
            .orElse(period.usualOrigin());
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The start of the period that a time is in. */
  public long floor(long micros) {
    if (micros < start || micros >= end) {
      find(micros);
    }
    return start;
  }

  /** The time itself if a period starts there, otherwise the start of the next one. */
  public long ceil(long micros) {
    long floor = floor(micros);
    return floor == micros ? floor : end;
  }

  private void find(long micros) {
    LocalDateTime local = LocalDateTime.ofInstant(instant(micros), zone);
    if (period.unit() == ChronoUnit.MICROS) {
      findTime(micros, local);
      return;
    }
    long index = Math.floorDiv(period.unit().between(origin, local), period.count());
    while (at(index).isAfter(local)) {
      index--;
    }
    start = micros(at(index));
    end = micros(at(index + 1));
    forgetIfOutside(micros);
  }

  private LocalDateTime at(long index) {
    return origin.plus(Math.multiplyExact(index, period.count()), period.unit());
  }

  /** Up to an hour in time that passes, so that a repeated hour is two; otherwise by the clock. */
  private void findTime(long micros, LocalDateTime local) {
    long since = Math.floorMod(ChronoUnit.MICROS.between(origin, local), period.count());
    if (period.count() <= MICROS_PER_HOUR || zone instanceof ZoneOffset) {
      start = micros - since;
      end = start + period.count();
      return;
    }
    LocalDateTime from = local.minus(since, ChronoUnit.MICROS);
    start = micros(from);
    end = micros(from.plus(period.count(), ChronoUnit.MICROS));
    forgetIfOutside(micros);
  }

  /** A clock that is put back can put a time behind its own period's start. */
  private void forgetIfOutside(long micros) {
    if (micros < start) {
      start = micros;
    }
  }

  private long micros(LocalDateTime local) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, local.atZone(zone).toInstant());
  }
}

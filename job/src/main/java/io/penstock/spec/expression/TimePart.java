package io.penstock.spec.expression;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;

/** A number that a time has. */
public enum TimePart {
  /** Seconds since 1970 in UTC; the zone does not matter. */
  EPOCH,
  MILLISECOND,
  SECOND,
  MINUTE,
  HOUR,
  DAY,
  /** 1 is Monday; so is ISODOW. */
  DOW,
  ISODOW,
  DOY,
  /** Of ISO 8601. */
  WEEK,
  MONTH,
  QUARTER,
  YEAR;

  /** In any case. */
  public static Optional<TimePart> find(String name) {
    for (TimePart part : values()) {
      if (part.name().equals(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  /**
   * @param local the time in its zone
   * @param micros the same since the epoch
   */
  public long of(LocalDateTime local, long micros) {
    return switch (this) {
      case EPOCH -> Math.floorDiv(micros, 1_000_000);
      case MILLISECOND -> local.get(ChronoField.MILLI_OF_SECOND);
      case SECOND -> local.getSecond();
      case MINUTE -> local.getMinute();
      case HOUR -> local.getHour();
      case DAY -> local.getDayOfMonth();
      case DOW, ISODOW -> local.getDayOfWeek().getValue();
      case DOY -> local.getDayOfYear();
      case WEEK -> local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTH -> local.getMonthValue();
      case QUARTER -> local.get(IsoFields.QUARTER_OF_YEAR);
      case YEAR -> local.getYear();
    };
  }
}

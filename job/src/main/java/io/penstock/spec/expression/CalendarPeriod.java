package io.penstock.spec.expression;

import io.penstock.spec.Check;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A period of ISO 8601 in one kind of unit: months (and years), days (and weeks), or time.
 *
 * @param unit {@link ChronoUnit#MONTHS}, {@link ChronoUnit#DAYS} or {@link ChronoUnit#MICROS}
 * @param count of the unit
 */
public record CalendarPeriod(ChronoUnit unit, long count) {
  private static final int MAX_DIGITS = 9;
  private static final int DAYS_PER_WEEK = 7;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final LocalDateTime MONDAY = LocalDateTime.of(1970, 1, 5, 0, 0);
  private static final Pattern WRITTEN =
      Pattern.compile(
          "P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?"
              + "(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:\\.\\d{1,3})?)S)?)?");

  public CalendarPeriod {
    Check.that(count > 0, "a period must be longer than nothing");
  }

  /**
   * @throws IllegalArgumentException if the text is no such period; the message is for people
   */
  public static CalendarPeriod parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    Check.that(
        matcher.matches() && !text.endsWith("P") && !text.endsWith("T"),
        "'%s' is no period of ISO 8601, such as PT15M or P1D",
        text);
    long months = number(matcher, 1) * 12 + number(matcher, 2);
    long days = number(matcher, 3) * DAYS_PER_WEEK + number(matcher, 4);
    long seconds = number(matcher, 5) * 3600 + number(matcher, 6) * 60;
    String fraction = matcher.group(7);
    Check.that(
        fraction == null || fraction.length() <= MAX_DIGITS, "'%s' is too long a period", text);
    long micros =
        seconds * 1_000_000
            + (fraction == null ? 0 : new BigDecimal(fraction).movePointRight(6).longValue());
    int kinds = (months > 0 ? 1 : 0) + (days > 0 ? 1 : 0) + (micros > 0 ? 1 : 0);
    Check.that(
        kinds == 1, "a period has either months, days or a time, all of them above 0: '%s'", text);
    return months > 0
        ? new CalendarPeriod(ChronoUnit.MONTHS, months)
        : days > 0
            ? new CalendarPeriod(ChronoUnit.DAYS, days)
            : new CalendarPeriod(ChronoUnit.MICROS, micros);
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    Check.that(digits == null || digits.length() <= MAX_DIGITS, "too long a period");
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Where buckets begin to be counted if nobody says: weeks on a Monday. */
  public LocalDateTime usualOrigin() {
    return unit == ChronoUnit.DAYS && count % DAYS_PER_WEEK == 0 ? MONDAY : EPOCH;
  }

  /**
   * A time that is so many periods later.
   *
   * @param micros since the epoch
   * @param zone whose calendar months and days are counted in
   * @throws ArithmeticException or {@link java.time.DateTimeException} if that is out of range
   */
  public long shift(long micros, long steps, ZoneId zone) {
    long amount = Math.multiplyExact(count, steps);
    if (unit == ChronoUnit.MICROS) {
      return Math.addExact(micros, amount);
    }
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return ChronoUnit.MICROS.between(
        Instant.EPOCH, instant.atZone(zone).plus(amount, unit).toInstant());
  }
}

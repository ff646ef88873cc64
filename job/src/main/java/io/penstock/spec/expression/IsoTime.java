package io.penstock.spec.expression;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.OptionalLong;

/**
 * Times of ISO 8601: calendar, week and ordinal dates of years 0001 to 9999, month, day and clock
 * parts of one digit or two, {@code T} or a blank between date and time, any offset, blanks at the
 * end. Digits below a millisecond are cut off.
 */
public final class IsoTime {
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final ZoneId zone;
  private String text = "";
  private int at;

  /**
   * @param zone of times without an offset
   */
  public IsoTime(ZoneId zone) {
    this.zone = zone;
  }

  /** Microseconds since the epoch; empty if the text is no such time. */
  public OptionalLong micros(String written) {
    text = written.stripTrailing();
    at = 0;
    try {
      return OptionalLong.of(read());
    } catch (DateTimeException | Unreadable e) {
      return OptionalLong.empty();
    }
  }

  private long read() throws Unreadable {
    LocalDate date = date();
    if (at == text.length()) {
      return micros(date.atStartOfDay(), zone);
    }
    char separator = text.charAt(at++);
    require(separator == 'T' || separator == 't' || separator == ' ');
    LocalTime time = time();
    ZoneId offset = at == text.length() ? zone : offset();
    require(at == text.length());
    return micros(date.atTime(time), offset);
  }

  private static long micros(LocalDateTime local, ZoneId zone) throws Unreadable {
    long seconds =
        zone instanceof ZoneOffset offset
            ? local.toEpochSecond(offset)
            : local.atZone(zone).toEpochSecond();
    long millis = local.toLocalTime().toNanoOfDay() / 1_000_000 % 1_000;
    return seconds * MICROS_PER_SECOND + millis * MICROS_PER_MILLI;
  }

  private LocalDate date() throws Unreadable {
    int year = digits(4, 4);
    require(year > 0);
    if (!accept('-')) {
      return LocalDate.of(year, 1, 1);
    }
    if (accept('W')) {
      int week = digits(2, 2);
      int day = accept('-') ? digits(1, 1) : 1;
      require(
          week
              <= IsoFields.WEEK_OF_WEEK_BASED_YEAR
                  .rangeRefinedBy(LocalDate.of(year, 7, 1))
                  .getMaximum());
      return LocalDate.of(year, 7, 1)
          .with(WeekFields.ISO.weekOfWeekBasedYear(), week)
          .with(WeekFields.ISO.dayOfWeek(), day);
    }
    int begin = at;
    int first = digits(1, 3);
    if (at - begin == 3) {
      return LocalDate.ofYearDay(year, first);
    }
    return LocalDate.of(year, first, accept('-') ? digits(1, 2) : 1);
  }

  private LocalTime time() throws Unreadable {
    int hour = digits(1, 2);
    int minute = accept(':') ? digits(1, 2) : -1;
    int second = minute >= 0 && accept(':') ? digits(1, 2) : -1;
    int nanos = second >= 0 && (accept('.') || accept(',')) ? fraction() : 0;
    return LocalTime.of(hour, Math.max(0, minute), Math.max(0, second), nanos);
  }

  private int fraction() throws Unreadable {
    int nanos = 0;
    int begin = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      if (at - begin < 9) {
        nanos = nanos * 10 + (text.charAt(at) - '0');
      }
      at++;
    }
    require(at > begin);
    for (int i = at - begin; i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private ZoneOffset offset() throws Unreadable {
    if (accept('Z') || accept('z')) {
      return ZoneOffset.UTC;
    }
    boolean negative = text.charAt(at) == '-';
    require(negative || text.charAt(at) == '+');
    at++;
    int hours = digits(2, 2);
    boolean colon = accept(':');
    int minutes = colon || at < text.length() ? digits(2, 2) : 0;
    require(minutes < 60);
    int seconds = hours * 3600 + minutes * 60;
    return ZoneOffset.ofTotalSeconds(negative ? -seconds : seconds);
  }

  private int digits(int least, int most) throws Unreadable {
    int begin = at;
    int value = 0;
    while (at < text.length() && at - begin < most && isDigit(text.charAt(at))) {
      value = value * 10 + (text.charAt(at++) - '0');
    }
    require(at - begin >= least);
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean accept(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private static void require(boolean sound) throws Unreadable {
    if (!sound) {
      throw new Unreadable();
    }
  }

  /** The text is no time; without a stack trace, for it is ordinary. */
  private static final class Unreadable extends Exception {
    Unreadable() {
      super(null, null, false, false);
    }
  }
}

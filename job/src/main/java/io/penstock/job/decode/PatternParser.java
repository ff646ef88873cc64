package io.penstock.job.decode;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads a pattern of fields of fixed width. Remembers the last date. */
final class PatternParser implements TimeParser {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int MICROS_DIGITS = 6;
  private static final int MAX_OFFSET_SECONDS = 18 * 3600;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private final FixedPattern pattern;
  private long lastDate = UNKNOWN;
  private long lastDay;

  PatternParser(FixedPattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public long micros(byte[] bytes, int from, int to) {
    int length = to - from;
    boolean zulu = pattern.offsetMayBeZ && length == pattern.offset + 1 && bytes[to - 1] == 'Z';
    if ((length != pattern.width && !zulu) || !pattern.literalsAreAt(bytes, from)) {
      return UNKNOWN;
    }
    long day = day(bytes, from);
    long clock = pattern.hour == FixedPattern.NONE ? 0 : clock(bytes, from);
    long micros = pattern.fraction == FixedPattern.NONE ? 0 : fraction(bytes, from);
    long offset = zulu || pattern.offset == FixedPattern.NONE ? 0 : offset(bytes, from);
    if (day == UNKNOWN || clock < 0 || micros < 0 || offset == UNKNOWN) {
      return UNKNOWN;
    }
    return TimeParser.inRange(
        (day * SECONDS_PER_DAY + clock - offset) * MICROS_PER_SECOND + micros);
  }

  private long day(byte[] bytes, int from) {
    long year = Digits.upToEight(bytes, from + pattern.year, 4);
    long month =
        pattern.monthName
            ? month(bytes, from + pattern.month)
            : Digits.upToEight(bytes, from + pattern.month, 2);
    long dayOfMonth = Digits.upToEight(bytes, from + pattern.day, 2);
    if ((year | month | dayOfMonth) < 0) {
      return UNKNOWN;
    }
    long date = (year * 100 + month) * 100 + dayOfMonth;
    if (date == lastDate) {
      return lastDay;
    }
    try {
      lastDay = LocalDate.of((int) year, (int) month, (int) dayOfMonth).toEpochDay();
    } catch (DateTimeException e) {
      return UNKNOWN;
    }
    lastDate = date;
    return lastDay;
  }

  /** Of three English letters; negative for others. */
  private static long month(byte[] bytes, int from) {
    for (int i = 0; i < MONTHS.length(); i += 3) {
      if ((bytes[from] | 0x20) == MONTHS.charAt(i)
          && (bytes[from + 1] | 0x20) == MONTHS.charAt(i + 1)
          && (bytes[from + 2] | 0x20) == MONTHS.charAt(i + 2)) {
        return i / 3 + 1L;
      }
    }
    return Digits.UNKNOWN;
  }

  /** In seconds; negative if it is none. */
  private long clock(byte[] bytes, int from) {
    long hour = Digits.upToEight(bytes, from + pattern.hour, 2);
    long minute = Digits.upToEight(bytes, from + pattern.minute, 2);
    long second =
        pattern.second == FixedPattern.NONE ? 0 : Digits.upToEight(bytes, from + pattern.second, 2);
    boolean sound = (hour | minute | second) >= 0 && hour < 24 && minute < 60 && second < 60;
    return sound ? hour * 3600 + minute * 60 + second : Digits.UNKNOWN;
  }

  /** In microseconds, what is below cut off; negative if it is none. */
  private long fraction(byte[] bytes, int from) {
    int digits = pattern.fractionDigits;
    long value = Digits.number(bytes, from + pattern.fraction, from + pattern.fraction + digits);
    for (int i = digits; i < MICROS_DIGITS; i++) {
      value *= 10;
    }
    for (int i = MICROS_DIGITS; i < digits && value >= 0; i++) {
      value /= 10;
    }
    return value;
  }

  /** In seconds. */
  private long offset(byte[] bytes, int from) {
    int at = from + pattern.offset;
    long hours = Digits.upToEight(bytes, at + 1, 2);
    long minutes = Digits.upToEight(bytes, at + (pattern.offsetColon ? 4 : 3), 2);
    long seconds = hours * 3600 + minutes * 60;
    boolean signed = bytes[at] == '+' || bytes[at] == '-';
    boolean sound =
        signed
            && (hours | minutes) >= 0
            && minutes < 60
            && seconds <= MAX_OFFSET_SECONDS
            && (!pattern.offsetColon || bytes[at + 3] == ':');
    return !sound ? UNKNOWN : bytes[at] == '-' ? -seconds : seconds;
  }
}

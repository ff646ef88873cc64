package io.penstock.job.decode;

import java.time.DateTimeException;
import java.time.LocalDate;

/** ISO 8601 with seconds, as {@link IsoScanner} reads it. Remembers the last date. */
final class IsoParser implements TimeParser {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_LENGTH = 19;
  private static final int MAX_FRACTION = 8;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long[] MICROS_OF_LAST_DIGIT = {
    1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };

  /** The first and the last eight bytes of a date; of none at first, for no text has such bytes. */
  private long lastDate = -1;

  private long lastDateEnd = -1;
  private long lastDay;

  @Override
  public long micros(byte[] bytes, int from, int to) {
    if (to - from < SECONDS_LENGTH || !separates(bytes[from + DATE_LENGTH])) {
      return UNKNOWN;
    }
    long day = day(bytes, from);
    long clock = clock(Words.at(bytes, from + DATE_LENGTH + 1));
    if (day == UNKNOWN || clock < 0) {
      return UNKNOWN;
    }
    int i = from + SECONDS_LENGTH;
    long micros = 0;
    if (i < to && (bytes[i] == '.' || bytes[i] == ',')) {
      int begin = ++i;
      while (i < to && isDigit(bytes[i])) {
        i++;
      }
      micros = fraction(bytes, begin, i);
      if (micros < 0) {
        return UNKNOWN;
      }
    }
    long offset = offset(bytes, i, to);
    if (offset == UNKNOWN) {
      return UNKNOWN;
    }
    return TimeParser.inRange(
        (day * SECONDS_PER_DAY + clock - offset) * MICROS_PER_SECOND + micros);
  }

  private static boolean separates(byte b) {
    return b == 'T' || b == ' ' || b == 't';
  }

  private long day(byte[] bytes, int from) {
    long date = Words.at(bytes, from);
    long end = Words.at(bytes, from + DATE_LENGTH - Long.BYTES);
    if (date == lastDate && end == lastDateEnd) {
      return lastDay;
    }
    long year = Digits.upToEight(bytes, from, 4);
    long month = Digits.upToEight(bytes, from + 5, 2);
    long dayOfMonth = Digits.upToEight(bytes, from + 8, 2);
    if ((year | month | dayOfMonth) < 0 || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
      return UNKNOWN;
    }
    try {
      lastDay = LocalDate.of((int) year, (int) month, (int) dayOfMonth).toEpochDay();
    } catch (DateTimeException e) {
      return UNKNOWN;
    }
    lastDate = date;
    lastDateEnd = end;
    return lastDay;
  }

  /**
   * In seconds, negative if it is none.
   *
   * @param word {@code HH:mm:ss}
   */
  private static long clock(long word) {
    long digits = word ^ 0x30303a30303a3030L;
    if (!Digits.areDigits(digits) || (digits & 0x0000ff0000ff0000L) != 0) {
      return Digits.UNKNOWN;
    }
    long pairs = digits * 10 + (digits >>> 8);
    long hours = pairs & 0xff;
    long minutes = (pairs >>> 24) & 0xff;
    long seconds = (pairs >>> 48) & 0xff;
    return hours > 23 || minutes > 59 || seconds > 59
        ? Digits.UNKNOWN
        : hours * 3600 + minutes * 60 + seconds;
  }

  /** In microseconds, what is below cut off; negative if there are no or too many digits. */
  private static long fraction(byte[] bytes, int from, int to) {
    int count = to - from;
    if (count < 1 || count > MAX_FRACTION + 1) {
      return Digits.UNKNOWN;
    }
    int used = Math.min(count, MICROS_OF_LAST_DIGIT.length - 1);
    return Digits.upToEight(bytes, from, used) * MICROS_OF_LAST_DIGIT[used];
  }

  /** In seconds; none means UTC. */
  private static long offset(byte[] bytes, int from, int to) {
    if (from == to || (from + 1 == to && (bytes[from] == 'Z' || bytes[from] == 'z'))) {
      return 0;
    }
    if (bytes[from] != '+' && bytes[from] != '-') {
      return UNKNOWN;
    }
    int length = to - from;
    boolean colon = length == 6 && bytes[from + 3] == ':';
    if (length != 5 && !colon) {
      return UNKNOWN;
    }
    long hours = Digits.upToEight(bytes, from + 1, 2);
    long minutes = Digits.upToEight(bytes, to - 2, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return UNKNOWN;
    }
    long seconds = hours * 3600 + minutes * 60;
    return bytes[from] == '-' ? -seconds : seconds;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}

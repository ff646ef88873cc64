package io.penstock.job.decode;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads one ISO 8601 date or date and time from left to right. */
final class IsoScanner {
  private static final int MICROS_DIGITS = 6;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int MAX_OFFSET_HOURS = 18;

  private final String text;
  private int position;

  IsoScanner(String text) {
    this.text = text;
  }

  /**
   * Since the epoch; what is below a microsecond is cut off.
   *
   * @throws DateTimeException or IndexOutOfBoundsException if the text is something else
   */
  long micros() {
    int year = digits(4);
    expect('-');
    int month = digits(2);
    expect('-');
    long days = LocalDate.of(year, month, digits(2)).toEpochDay();
    long seconds = 0;
    long micros = 0;
    if (position < text.length()) {
      char separator = text.charAt(position++);
      require(separator == 'T' || separator == 't' || separator == ' ');
      seconds = clock(23) * 3600L;
      expect(':');
      seconds += clock(59) * 60L;
      if (at(':')) {
        position++;
        seconds += clock(59);
        micros = at('.') || at(',') ? fraction() : 0;
      }
      seconds -= offset();
    }
    require(position == text.length());
    return (days * SECONDS_PER_DAY + seconds) * MICROS_PER_SECOND + micros;
  }

  private int clock(int max) {
    int value = digits(2);
    require(value <= max);
    return value;
  }

  private long fraction() {
    position++;
    int begin = position;
    long micros = 0;
    while (position < text.length() && isDigit(text.charAt(position))) {
      if (position - begin < MICROS_DIGITS) {
        micros = micros * 10 + (text.charAt(position) - '0');
      }
      position++;
    }
    int count = position - begin;
    require(count > 0);
    for (int i = count; i < MICROS_DIGITS; i++) {
      micros *= 10;
    }
    return micros;
  }

  /** In seconds; none means UTC. */
  private long offset() {
    if (position == text.length()) {
      return 0;
    }
    char sign = text.charAt(position++);
    if (sign == 'Z' || sign == 'z') {
      return 0;
    }
    require(sign == '+' || sign == '-');
    long seconds = clock(MAX_OFFSET_HOURS) * 3600L;
    if (position < text.length()) {
      if (at(':')) {
        position++;
      }
      seconds += clock(59) * 60L;
    }
    return sign == '-' ? -seconds : seconds;
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(position++);
      require(isDigit(c));
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private boolean at(char expected) {
    return position < text.length() && text.charAt(position) == expected;
  }

  private void expect(char expected) {
    require(at(expected));
    position++;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new DateTimeException("not ISO 8601");
    }
  }
}

package io.penstock.job.decode;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where the fields of a java.time pattern are, if all have a fixed width: {@code uuuu}, {@code MM}
 * or {@code MMM}, {@code dd}, and optionally {@code HH}, {@code mm}, {@code ss}, {@code S...}, and
 * an offset at the end.
 */
final class FixedPattern {
  private static final int MAX_WIDTH = 64;
  private static final int MAX_FRACTION = 9;
  private static final String RESERVED = "[]{}#";

  /** Of a field that the pattern does not have. */
  static final int NONE = -1;

  int year = NONE;
  int month = NONE;
  boolean monthName;
  int day = NONE;
  int hour = NONE;
  int minute = NONE;
  int second = NONE;
  int fraction = NONE;
  int fractionDigits;
  int offset = NONE;
  boolean offsetColon;
  boolean offsetMayBeZ;

  /** Of a text with an offset in digits. */
  int width;

  /** What must stand at each place that belongs to no field; zero elsewhere. */
  private byte[] literals = new byte[MAX_WIDTH];

  private FixedPattern() {}

  /** Empty for other patterns. */
  static Optional<FixedPattern> of(String pattern) {
    FixedPattern fixed = new FixedPattern();
    return fixed.understand(pattern) && fixed.isWhole() ? Optional.of(fixed) : Optional.empty();
  }

  private boolean understand(String pattern) {
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      int end = c == '\'' ? endOfQuoted(pattern, i) : endOfRun(pattern, i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean understood =
          end != NONE
              && (letter ? field(c, end - i) : literal(pattern.substring(i, end).replace("'", "")));
      if (!understood) {
        return false;
      }
      i = end;
    }
    literals = Arrays.copyOf(literals, width);
    return true;
  }

  private static int endOfRun(String pattern, int from) {
    int end = from + 1;
    while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(from)) {
      end++;
    }
    return end;
  }

  /** A quote that stands for itself is not understood. */
  private static int endOfQuoted(String pattern, int from) {
    int end = pattern.indexOf('\'', from + 1) + 1;
    boolean quote = end < pattern.length() && pattern.charAt(end) == '\'';
    return end == 0 || quote ? NONE : end;
  }

  /** Digits are refused: java.time would take them for a part of the year before. */
  private boolean literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (c >= 0x80 || c == 0 || digit || RESERVED.indexOf(c) >= 0 || !fits(1)) {
        return false;
      }
      literals[width++] = (byte) c;
    }
    return !text.isEmpty();
  }

  private boolean fits(int count) {
    // Nothing may stand behind an offset: the text would have no fixed width.
    return offset == NONE && width + count <= MAX_WIDTH;
  }

  private boolean field(char letter, int count) {
    int at = width;
    if (!fits(count + 4)) {
      return false;
    }
    width += count;
    return switch (letter) {
      case 'u' -> count == 4 && (year = free(year, at)) == at;
      case 'M' -> {
        monthName = count == 3;
        yield (count == 2 || monthName) && (month = free(month, at)) == at;
      }
      case 'd' -> count == 2 && (day = free(day, at)) == at;
      case 'H' -> count == 2 && (hour = free(hour, at)) == at;
      case 'm' -> count == 2 && (minute = free(minute, at)) == at;
      case 's' -> count == 2 && (second = free(second, at)) == at;
      case 'S' -> {
        fractionDigits = count;
        yield count <= MAX_FRACTION && (fraction = free(fraction, at)) == at;
      }
      case 'X', 'x' -> (count == 2 || count == 3) && offset(at, count == 3, letter == 'X');
      case 'Z' -> count <= 3 && offset(at, false, false);
      default -> false;
    };
  }

  /** The new place, unless the pattern has the field already. */
  private static int free(int before, int at) {
    return before == NONE ? at : NONE;
  }

  private boolean offset(int at, boolean colon, boolean mayBeZ) {
    offset = at;
    offsetColon = colon;
    offsetMayBeZ = mayBeZ;
    width = at + (colon ? 6 : 5);
    return true;
  }

  /** A date, and a time in which nothing is left out. */
  private boolean isWhole() {
    boolean date = year != NONE && month != NONE && day != NONE;
    boolean time = hour != NONE && minute != NONE;
    boolean noTime = hour == NONE && minute == NONE && offset == NONE;
    boolean seconds = time && second != NONE;
    return date && (time || noTime) && (seconds || second == NONE) && (seconds || fraction == NONE);
  }

  /** Whether what belongs to no field is there. */
  boolean literalsAreAt(byte[] bytes, int from) {
    for (int i = 0; i < literals.length; i++) {
      if (literals[i] != 0 && literals[i] != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}

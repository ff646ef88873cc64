package io.penstock.job.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/** Numbers in text, as CAST reads them: no blanks, commas, suffixes or hexadecimal digits. */
final class NumberText {
  private static final int MAX_FAST_DIGITS = 18;
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_EXPONENT = 400;

  private static final Map<String, Double> WORDS =
      Map.of(
          "NaN", Double.NaN,
          "Infinity", Double.POSITIVE_INFINITY,
          "+Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY,
          "true", 1.0,
          "false", 0.0);

  private NumberText() {}

  /** Whether the bytes are so few digits, perhaps behind a sign, that they need no checking. */
  static boolean isShortWhole(byte[] bytes, int from, int length) {
    int at = from;
    int end = from + length;
    if (length > 0 && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if (at == end || end - at > MAX_FAST_DIGITS) {
      return false;
    }
    for (; at < end; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return false;
      }
    }
    return true;
  }

  /** Of bytes that {@link #isShortWhole} has let pass. */
  static long shortWhole(byte[] bytes, int from, int length) {
    boolean negative = bytes[from] == '-';
    long value = 0;
    for (int i = negative || bytes[from] == '+' ? from + 1 : from; i < from + length; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return negative ? -value : value;
  }

  /** The exact number; empty if the text is none. */
  static Optional<BigDecimal> decimal(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Optional.of(text.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO);
    }
    if (!looksDecimal(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Toward zero; empty outside 64 bits. */
  static Optional<Long> whole(BigDecimal number) {
    if (number.precision() - number.scale() > MAX_EXPONENT) {
      return Optional.empty();
    }
    if (number.scale() - number.precision() > MAX_EXPONENT) {
      return Optional.of(0L);
    }
    BigInteger whole = number.setScale(0, RoundingMode.DOWN).toBigInteger();
    return whole.bitLength() < Long.SIZE ? Optional.of(whole.longValue()) : Optional.empty();
  }

  /** Also {@code NaN} and {@code Infinity}; empty if the text is no number or too large. */
  static Optional<Double> floating(String text) {
    Double word = WORDS.get(text);
    if (word != null) {
      return Optional.of(word);
    }
    if (!looksDecimal(text)) {
      return Optional.empty();
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? Optional.empty() : Optional.of(value);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean looksDecimal(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed =
          (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}

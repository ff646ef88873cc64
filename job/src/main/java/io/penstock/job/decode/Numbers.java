package io.penstock.job.decode;

import io.penstock.spec.RejectCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/** Numbers as people write them. Errors are worded like Go's strconv, which users search for. */
final class Numbers {
  private static final int MAX_EXACT_LENGTH = 64;
  private static final int MAX_EXPONENT = 40;
  private static final int SHOWN_CHARACTERS = 64;
  private static final Set<String> WORDS =
      Set.of("NaN", "Inf", "+Inf", "-Inf", "Infinity", "+Infinity", "-Infinity");

  private Numbers() {}

  /** An integer, also with a fraction of zeros or an exponent. */
  static long parseLong(String text, String function) throws Unconvertible {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return parseExactly(text, function);
    }
  }

  /** The same, from 0 to 2^64-1. */
  static long parseUnsigned(String text, String function) throws Unconvertible {
    BigInteger whole = whole(text, function);
    if (whole.signum() < 0 || whole.bitLength() > Long.SIZE) {
      throw outOfRange(text, function);
    }
    return whole.longValue();
  }

  private static long parseExactly(String text, String function) throws Unconvertible {
    BigInteger whole = whole(text, function);
    if (whole.bitLength() >= Long.SIZE) {
      throw outOfRange(text, function);
    }
    return whole.longValue();
  }

  private static BigInteger whole(String text, String function) throws Unconvertible {
    BigDecimal decimal = decimal(text, function);
    if (decimal.scale() < -MAX_EXPONENT) {
      throw outOfRange(text, function);
    }
    try {
      return decimal.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw invalid(text, function);
    }
  }

  /** A decimal number; very long or very large ones are out of range. */
  static BigDecimal decimal(String text, String function) throws Unconvertible {
    if (!looksDecimal(text)) {
      throw invalid(text, function);
    }
    if (text.length() > MAX_EXACT_LENGTH) {
      throw outOfRange(text, function);
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw invalid(text, function);
    }
  }

  static double parseDouble(String text) throws Unconvertible {
    if (WORDS.contains(text)) {
      boolean negative = text.startsWith("-");
      return text.equals("NaN")
          ? Double.NaN
          : negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!looksDecimal(text)) {
      throw invalid(text, "ParseFloat");
    }
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw invalid(text, "ParseFloat");
    }
    if (Double.isInfinite(value)) {
      throw outOfRange(text, "ParseFloat");
    }
    return value;
  }

  /** Without the suffixes, blanks and hexadecimal forms that Java would take. */
  private static boolean looksDecimal(String text) {
    if (text.isEmpty()) {
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

  static Unconvertible invalid(String text, String function) {
    return new Unconvertible(
        RejectCode.TYPE_MISMATCH,
        "strconv.%s: parsing \"%s\": invalid syntax".formatted(function, shown(text)));
  }

  static Unconvertible outOfRange(String text, String function) {
    return new Unconvertible(
        RejectCode.VALUE_OUT_OF_RANGE,
        "strconv.%s: parsing \"%s\": value out of range".formatted(function, shown(text)));
  }

  /** Long values are cut: the whole row is kept beside the reason. */
  static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}

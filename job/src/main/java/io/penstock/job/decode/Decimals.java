package io.penstock.job.decode;

/** Reads doubles: the nearest to what is written, as {@link Double#parseDouble} does. */
final class Decimals {
  private static final long MAX_EXACT = 1L << 53;
  private static final int MAX_DIGITS = 19;
  private static final int MAX_EXPONENT_DIGITS = 4;
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Decimals() {}

  /**
   * NaN for what is no decimal number, and for one that needs more exactness than there is here.
   */
  static double parse(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int begin = negative ? from + 1 : from;
    int i = begin;
    long digits = 0;
    while (i < to && isDigit(bytes[i])) {
      digits = digits * 10 + (bytes[i++] - '0');
    }
    int count = i - begin;
    int exponent = 0;
    if (i < to && bytes[i] == '.') {
      int point = i++;
      while (i < to && isDigit(bytes[i])) {
        digits = digits * 10 + (bytes[i++] - '0');
      }
      exponent = point + 1 - i;
      count -= exponent;
    }
    if (count == 0 || (count > MAX_DIGITS && count - zeros(bytes, begin, i) > MAX_DIGITS)) {
      return Double.NaN;
    }
    if (i < to) {
      int explicit = exponent(bytes, i, to);
      if (explicit == Integer.MIN_VALUE) {
        return Double.NaN;
      }
      exponent += explicit;
    }
    double value = scaled(digits, exponent);
    return negative ? -value : value;
  }

  /** The smallest integer for what is no exponent. */
  private static int exponent(byte[] bytes, int from, int to) {
    int i = from + 1;
    boolean negative = i < to && bytes[i] == '-';
    if (negative || (i < to && bytes[i] == '+')) {
      i++;
    }
    int count = to - i;
    if ((bytes[from] | 0x20) != 'e' || count < 1 || count > MAX_EXPONENT_DIGITS) {
      return Integer.MIN_VALUE;
    }
    int value = (int) Digits.upToEight(bytes, i, count);
    return value < 0 ? Integer.MIN_VALUE : negative ? -value : value;
  }

  /** Before the first other digit. */
  private static int zeros(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to && (bytes[i] == '0' || bytes[i] == '.'); i++) {
      count += bytes[i] == '0' ? 1 : 0;
    }
    return count;
  }

  /** By one rounding where digits and power are both exact. */
  private static double scaled(long digits, int exponent) {
    boolean exact = digits >= 0 && digits <= MAX_EXACT && Math.abs(exponent) < POWERS_OF_TEN.length;
    if (!exact) {
      return digits == 0 ? 0 : NearestDouble.of(digits, exponent);
    }
    return exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}

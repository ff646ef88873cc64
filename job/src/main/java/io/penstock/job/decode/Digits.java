package io.penstock.job.decode;

/** Decimal digits, eight at a time. Reads up to {@link Words#PADDING} bytes behind them. */
final class Digits {
  /** What is asked about is not digits only, or too large. */
  static final long UNKNOWN = -1;

  private static final long ZEROS = '0' * Words.ONES;
  private static final int MAX_DIGITS = 19;
  private static final long TEN_TO_THE_8TH = 100_000_000;
  private static final long TEN_TO_THE_16TH = TEN_TO_THE_8TH * TEN_TO_THE_8TH;

  private Digits() {}

  /** A number of any count of digits that fits a long; {@link #UNKNOWN} for all else. */
  static long number(byte[] bytes, int from, int to) {
    int count = to - from;
    if (count <= 8) {
      return count > 0 ? upToEight(bytes, from, count) : UNKNOWN;
    }
    if (count > MAX_DIGITS) {
      return UNKNOWN;
    }
    long low = upToEight(bytes, to - 8, 8);
    if (count <= 16) {
      long high = upToEight(bytes, from, count - 8);
      return (low | high) < 0 ? UNKNOWN : high * TEN_TO_THE_8TH + low;
    }
    long middle = upToEight(bytes, to - 16, 8);
    long high = upToEight(bytes, from, count - 16);
    // 19 digits fit unsigned: a sum beyond a long is negative.
    return (low | middle | high) < 0
        ? UNKNOWN
        : Math.max(high * TEN_TO_THE_16TH + middle * TEN_TO_THE_8TH + low, UNKNOWN);
  }

  /**
   * @param count 1 to 8
   */
  static long upToEight(byte[] bytes, int from, int count) {
    int missing = (8 - count) << 3;
    // What is missing is taken for zeros in front.
    long word = ((Words.at(bytes, from) ^ ZEROS) << missing);
    return areDigits(word) ? value(word) : UNKNOWN;
  }

  /**
   * @param word eight bytes, each combined with {@code '0'} by exclusive or
   */
  static boolean areDigits(long word) {
    return notDigits(word) == 0;
  }

  /** Marks the bytes that are not 0 to 9; marks above the first one may be wrong. */
  static long notDigits(long word) {
    return (word | (word + 0x76 * Words.ONES)) & Words.HIGHS;
  }

  /**
   * Pairs of digits, then pairs of pairs, then both halves.
   *
   * @param word eight bytes 0 to 9, the most significant one lowest
   */
  static long value(long word) {
    long pairs = word * 10 + (word >>> 8);
    long odd = (pairs & 0xff000000ffL) * (100 + (1_000_000L << 32));
    long even = ((pairs >>> 16) & 0xff000000ffL) * (1 + (10_000L << 32));
    return (odd + even) >>> 32;
  }
}

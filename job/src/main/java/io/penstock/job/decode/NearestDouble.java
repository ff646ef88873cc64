package io.penstock.job.decode;

import java.math.BigInteger;

/**
 * The double nearest to {@code digits * 10^exponent} by one or two multiplications with a power of
 * five of 128 bits, after Lemire, <i>Number Parsing at a Gigabyte per Second</i> (2021). Says so
 * when that is not exact enough.
 */
final class NearestDouble {
  private static final int MIN_EXPONENT = -342;
  private static final int MAX_EXPONENT = 308;

  /** Powers from here on have a reciprocal that must not be cut before it is rounded up. */
  private static final int EXACT_RECIPROCALS = -27;

  /** Between these a product can be half-way between two doubles. */
  private static final int MIN_TIE = -4;

  private static final int MAX_TIE = 23;
  private static final int MANTISSA_BITS = 52;

  /** Bits of a product behind those of a mantissa, its rounding bit and a bit to spare. */
  private static final int REST_BITS = Long.SIZE - MANTISSA_BITS - 3;

  private static final long REST = (1L << REST_BITS) - 1;
  private static final int EXPONENT_BIAS = 1023;
  private static final int INFINITE = 0x7ff;

  private static final long[] HIGH = new long[MAX_EXPONENT - MIN_EXPONENT + 1];
  private static final long[] LOW = new long[HIGH.length];

  static {
    for (int exponent = MIN_EXPONENT; exponent <= MAX_EXPONENT; exponent++) {
      BigInteger power = power(exponent);
      HIGH[exponent - MIN_EXPONENT] = power.shiftRight(Long.SIZE).longValue();
      LOW[exponent - MIN_EXPONENT] = power.longValue();
    }
  }

  private NearestDouble() {}

  /** The first 128 bits of a power of five, rounded up below one. */
  private static BigInteger power(int exponent) {
    BigInteger power = BigInteger.valueOf(5).pow(Math.abs(exponent));
    if (exponent < 0) {
      int bits = power.bitLength();
      int shift = exponent >= EXACT_RECIPROCALS ? bits + 127 : 2 * bits + 128;
      power = BigInteger.ONE.shiftLeft(shift).divide(power).add(BigInteger.ONE);
    }
    int excess = power.bitLength() - 2 * Long.SIZE;
    return excess > 0 ? power.shiftRight(excess) : power.shiftLeft(-excess);
  }

  /**
   * @param digits unsigned, not zero
   * @return NaN when it takes more to tell
   */
  static double of(long digits, int exponent) {
    if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
      return Double.NaN;
    }
    int zeros = Long.numberOfLeadingZeros(digits);
    long normal = digits << zeros;
    int index = exponent - MIN_EXPONENT;
    long upper = multiplyHigh(normal, HIGH[index]);
    long lower = normal * HIGH[index];
    if ((upper & REST) == REST) {
      long more = multiplyHigh(normal, LOW[index]);
      lower += more;
      upper += Long.compareUnsigned(lower, more) < 0 ? 1 : 0;
      if (lower == -1) {
        return Double.NaN;
      }
    }
    int top = (int) (upper >>> (Long.SIZE - 1));
    long mantissa = upper >>> (top + REST_BITS);
    // Of 2^63 * 10^exponent, as far as it is even in binary: log2(10) is 217706 / 2^16.
    int binary = ((217706 * exponent) >> 16) + 63 + top - zeros + EXPONENT_BIAS;
    boolean tie =
        Long.compareUnsigned(lower, 1) <= 0
            && exponent >= MIN_TIE
            && exponent <= MAX_TIE
            && (mantissa & 3) == 1
            && mantissa << (top + REST_BITS) == upper;
    mantissa = tie ? mantissa >>> 1 : (mantissa + (mantissa & 1)) >>> 1;
    if (mantissa == 2L << MANTISSA_BITS) {
      mantissa >>>= 1;
      binary++;
    }
    if (binary <= 0 || binary >= INFINITE) {
      return Double.NaN;
    }
    long fraction = mantissa & ((1L << MANTISSA_BITS) - 1);
    return Double.longBitsToDouble((long) binary << MANTISSA_BITS | fraction);
  }

  /** The upper half of an unsigned product. */
  private static long multiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}

package io.penstock.job.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds and counts bytes, eight at a time. A pattern is a byte {@link #repeated} in all eight
 * places of a word; the word's first byte is its lowest. Arguments are not checked beyond the
 * array's own bounds.
 */
public final class ByteSearch {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private ByteSearch() {}

  /** The byte in all eight places. */
  public static long repeated(int value) {
    return (value & 0xff) * ONES;
  }

  /** Eight bytes from {@code index} on; zeros stand for what is behind the array's end. */
  static long word(byte[] bytes, int index) {
    return index <= bytes.length - Long.BYTES ? (long) WORDS.get(bytes, index) : tail(bytes, index);
  }

  private static long tail(byte[] bytes, int index) {
    long word = 0;
    for (int i = bytes.length - 1; i >= index; i--) {
      word = word << Byte.SIZE | (bytes[i] & 0xff);
    }
    return word;
  }

  /**
   * Marks, by its highest bit, the lowest byte of the word that equals the pattern's. Bytes above
   * it may be marked wrongly; none is marked if none is equal.
   */
  static long lowestMarked(long word, long pattern) {
    long difference = word ^ pattern;
    return (difference - ONES) & ~difference & HIGH_BITS;
  }

  /** Marks, by its highest bit, each byte of the word that equals the pattern's. */
  static long allMarked(long word, long pattern) {
    long difference = word ^ pattern;
    return ~(((difference & ~HIGH_BITS) + ~HIGH_BITS) | difference) & HIGH_BITS;
  }

  /** The place of the lowest mark, from 0; 8 without a mark. */
  static int place(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** The first place of the pattern's byte; {@code to} if there is none. */
  public static int first(byte[] bytes, int from, int to, long pattern) {
    for (int i = from; i < to; i += Long.BYTES) {
      long marks = lowestMarked(word(bytes, i), pattern);
      if (marks != 0) {
        return Math.min(i + place(marks), to);
      }
    }
    return to;
  }

  /** The first place of one of two patterns' bytes; {@code to} if there is none. */
  public static int first(byte[] bytes, int from, int to, long pattern, long second) {
    for (int i = from; i < to; i += Long.BYTES) {
      long word = word(bytes, i);
      long marks = lowestMarked(word, pattern) | lowestMarked(word, second);
      if (marks != 0) {
        return Math.min(i + place(marks), to);
      }
    }
    return to;
  }

  /** The first place of one of three patterns' bytes; {@code to} if there is none. */
  public static int first(byte[] bytes, int from, int to, long pattern, long second, long third) {
    for (int i = from; i < to; i += Long.BYTES) {
      long word = word(bytes, i);
      long marks =
          lowestMarked(word, pattern) | lowestMarked(word, second) | lowestMarked(word, third);
      if (marks != 0) {
        return Math.min(i + place(marks), to);
      }
    }
    return to;
  }

  /** How often the pattern's byte occurs. */
  public static int count(byte[] bytes, int from, int to, long pattern) {
    int count = 0;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      count += Long.bitCount(allMarked((long) WORDS.get(bytes, i), pattern));
    }
    for (; i < to; i++) {
      count += bytes[i] == (byte) pattern ? 1 : 0;
    }
    return count;
  }
}

package io.penstock.job.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of an array at a time, the first one lowest. A <em>mark</em> is the highest bit of a
 * byte's place: marks tell which of the eight bytes are of some kind.
 */
final class Words {
  /** Bytes that may be read, and say nothing, behind whatever is looked at in words. */
  static final int PADDING = 2 * Long.BYTES;

  static final long ONES = 0x0101010101010101L;
  static final long HIGHS = 0x8080808080808080L;
  private static final VarHandle VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  static long at(byte[] bytes, int index) {
    return (long) VIEW.get(bytes, index);
  }

  static void put(byte[] bytes, int index, long word) {
    VIEW.set(bytes, index, word);
  }

  /** Marks the bytes that are zero; marks above the first one may be wrong. */
  static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  /** Marks the bytes equal to one that is repeated in {@code pattern}; as in {@link #zeros}. */
  static long equal(long word, long pattern) {
    return zeros(word ^ pattern);
  }

  /** How many bytes come before the first mark; 8 if there is none. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** The bytes before the first mark; without a mark all of them. */
  static long below(long marks) {
    long lowest = marks >>> 7;
    return (lowest & -lowest) - 1;
  }

  /** The lowest {@code count} bytes of a word, 0 to 8. */
  static long mask(int count) {
    return count == Long.BYTES ? -1L : (1L << (count << 3)) - 1;
  }

  /** The index of the first newline; -1 if there is none before {@code to}. */
  static int newline(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long marks = equal(at(bytes, i), '\n' * ONES);
      if (marks != 0) {
        return i + first(marks);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}

package io.penstock.job.parquet;

import java.util.Arrays;

/**
 * Byte ranges looked at eight bytes at a time. Ranges of up to 16 bytes are read as two whole words
 * and masked, without a branch on their length.
 */
final class ByteWords {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int TWO_WORDS = 2 * Long.BYTES;
  private static final int FOUR_WORDS = 4 * Long.BYTES;

  /** By length, which bytes of the first word belong to a range. */
  private static final long[] FIRST = masks(0);

  /** By length, which bytes of the second word do. */
  private static final long[] SECOND = masks(Long.BYTES);

  private ByteWords() {}

  private static long[] masks(int skipped) {
    long[] masks = new long[TWO_WORDS + 1];
    for (int length = 0; length <= TWO_WORDS; length++) {
      int bytes = Math.max(0, Math.min(Long.BYTES, length - skipped));
      masks[length] = bytes == Long.BYTES ? -1L : ~(-1L << (bytes * Byte.SIZE));
    }
    return masks;
  }

  /** The up to eight bytes from {@code at}, the first of them lowest, zeros above. */
  private static long slowWord(byte[] bytes, int at, int length) {
    long word = 0;
    for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
      word |= (bytes[at + i] & 0xFFL) << (i * Byte.SIZE);
    }
    return word;
  }

  /** The first eight bytes as an unsigned number in their order, with zeros for what is missing. */
  static long head(byte[] bytes, int start, int length) {
    if (start + Long.BYTES <= bytes.length) {
      long mask = FIRST[Math.min(length, Long.BYTES)];
      return Long.reverseBytes(LittleEndian.longAt(bytes, start) & mask);
    }
    return Long.reverseBytes(slowWord(bytes, start, length));
  }

  /** Well mixed in all 32 bits. */
  static int hash(byte[] bytes, int start, int length) {
    long first = length * MULTIPLIER;
    long second;
    if (length > TWO_WORDS) {
      second = MULTIPLIER;
      int last = start + length - TWO_WORDS;
      // Two chains of multiplications run side by side.
      for (int at = start; at < last; at += TWO_WORDS) {
        first = mix(first ^ LittleEndian.longAt(bytes, at));
        second = mix(second ^ LittleEndian.longAt(bytes, at + Long.BYTES));
      }
      first ^= LittleEndian.longAt(bytes, last);
      second ^= LittleEndian.longAt(bytes, last + Long.BYTES);
    } else if (start + TWO_WORDS <= bytes.length) {
      first ^= LittleEndian.longAt(bytes, start) & FIRST[length];
      second = LittleEndian.longAt(bytes, start + Long.BYTES) & SECOND[length];
    } else {
      first ^= slowWord(bytes, start, length);
      second = slowWord(bytes, start + Long.BYTES, length - Long.BYTES);
    }
    // Turned, as the last words may be the same as those before, and a bit in both would vanish.
    return (int) mix(mix(first) ^ Long.rotateLeft(second, 29));
  }

  private static long mix(long word) {
    long product = word * MULTIPLIER;
    return product ^ (product >>> 32);
  }

  static boolean equal(byte[] a, int startA, byte[] b, int startB, int length) {
    if (length <= TWO_WORDS) {
      if (startA + TWO_WORDS > a.length || startB + TWO_WORDS > b.length) {
        return Arrays.equals(a, startA, startA + length, b, startB, startB + length);
      }
      long first = difference(a, startA, b, startB) & FIRST[length];
      long second = difference(a, startA + Long.BYTES, b, startB + Long.BYTES) & SECOND[length];
      return (first | second) == 0;
    }
    if (length <= FOUR_WORDS) {
      int last = length - TWO_WORDS;
      long begin =
          difference(a, startA, b, startB)
              | difference(a, startA + Long.BYTES, b, startB + Long.BYTES);
      long end =
          difference(a, startA + last, b, startB + last)
              | difference(a, startA + last + Long.BYTES, b, startB + last + Long.BYTES);
      return (begin | end) == 0;
    }
    return Arrays.equals(a, startA, startA + length, b, startB, startB + length);
  }

  private static long difference(byte[] a, int atA, byte[] b, int atB) {
    return LittleEndian.longAt(a, atA) ^ LittleEndian.longAt(b, atB);
  }

  /** Copies; a short range in whole words where neither array ends. */
  static void copy(byte[] from, int start, byte[] to, int at, int length) {
    if (length > FOUR_WORDS || start + FOUR_WORDS > from.length || at + FOUR_WORDS > to.length) {
      System.arraycopy(from, start, to, at, length);
      return;
    }
    LittleEndian.putLong(to, at, LittleEndian.longAt(from, start));
    LittleEndian.putLong(to, at + 8, LittleEndian.longAt(from, start + 8));
    if (length > TWO_WORDS) {
      LittleEndian.putLong(to, at + 16, LittleEndian.longAt(from, start + 16));
      LittleEndian.putLong(to, at + 24, LittleEndian.longAt(from, start + 24));
    }
  }
}

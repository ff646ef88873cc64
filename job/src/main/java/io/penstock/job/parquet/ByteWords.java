package io.penstock.job.parquet;

import java.util.Arrays;

/** Byte ranges looked at eight bytes at a time. */
final class ByteWords {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int SHORT_RANGE = 32;

  private ByteWords() {}

  /** The first up to eight bytes, the first of them lowest, zeros above. */
  static long first(byte[] bytes, int start, int length) {
    if (length >= Long.BYTES) {
      return LittleEndian.longAt(bytes, start);
    }
    if (start + Long.BYTES <= bytes.length) {
      return LittleEndian.longAt(bytes, start) & ~(-1L << (length * Byte.SIZE));
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (bytes[start + i] & 0xFFL) << (i * Byte.SIZE);
    }
    return word;
  }

  /** The first eight bytes as an unsigned number in their order, with zeros for what is missing. */
  static long head(byte[] bytes, int start, int length) {
    return Long.reverseBytes(first(bytes, start, length));
  }

  /** Well mixed in all 32 bits. */
  static int hash(byte[] bytes, int start, int length) {
    long hash = length * MULTIPLIER;
    if (length > Long.BYTES) {
      int last = start + length - Long.BYTES;
      for (int at = start; at < last; at += Long.BYTES) {
        hash = mix(hash ^ LittleEndian.longAt(bytes, at));
      }
      hash = mix(hash ^ LittleEndian.longAt(bytes, last));
    } else {
      hash = mix(hash ^ first(bytes, start, length));
    }
    return (int) mix(hash);
  }

  private static long mix(long word) {
    long product = word * MULTIPLIER;
    return product ^ (product >>> 32);
  }

  static boolean equal(byte[] a, int startA, byte[] b, int startB, int length) {
    if (length > SHORT_RANGE) {
      return Arrays.equals(a, startA, startA + length, b, startB, startB + length);
    }
    if (length < Long.BYTES) {
      return first(a, startA, length) == first(b, startB, length);
    }
    int last = length - Long.BYTES;
    for (int at = 0; at < last; at += Long.BYTES) {
      if (LittleEndian.longAt(a, startA + at) != LittleEndian.longAt(b, startB + at)) {
        return false;
      }
    }
    return LittleEndian.longAt(a, startA + last) == LittleEndian.longAt(b, startB + last);
  }

  /** Copies; a short range in whole words where neither array ends. */
  static void copy(byte[] from, int start, byte[] to, int at, int length) {
    int whole = (length + Long.BYTES - 1) & -Long.BYTES;
    if (length > SHORT_RANGE || start + whole > from.length || at + whole > to.length) {
      System.arraycopy(from, start, to, at, length);
      return;
    }
    for (int i = 0; i < length; i += Long.BYTES) {
      LittleEndian.putLong(to, at + i, LittleEndian.longAt(from, start + i));
    }
  }
}

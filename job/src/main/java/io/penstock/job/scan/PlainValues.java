package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;

/** Numbers as they are: a page's, or the entries of a dictionary. */
final class PlainValues implements PageValues {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final int INT96_BYTES = 12;

  private final FileColumn.Stored stored;
  private final byte[] bytes;
  private final int end;
  private int at;
  private int bit;

  PlainValues(FileColumn.Stored stored, byte[] bytes, int from, int end) {
    this.stored = stored;
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  private int take(int count, int width) throws UnreadableException {
    int from = at;
    if ((long) count * width > end - at) {
      throw new UnreadableException("a page has fewer values than it says", null);
    }
    at += count * width;
    return from;
  }

  @Override
  public void read(ColumnVector vector, int[] rows, int count) throws UnreadableException {
    switch (stored) {
      case BOOLEAN -> readBooleans(vector, rows, count);
      case INT32 -> {
        int from = take(count, Integer.BYTES);
        for (int i = 0; i < count; i++) {
          vector.setLong(rows[i], LittleEndian.intAt(bytes, from + i * Integer.BYTES));
        }
      }
      case INT64, MILLIS, NANOS -> readLongs(vector, rows, count);
      case FLOAT -> {
        int from = take(count, Float.BYTES);
        for (int i = 0; i < count; i++) {
          int bits = LittleEndian.intAt(bytes, from + i * Float.BYTES);
          vector.setDouble(rows[i], Float.intBitsToFloat(bits));
        }
      }
      case DOUBLE -> {
        int from = take(count, Double.BYTES);
        for (int i = 0; i < count; i++) {
          long bits = LittleEndian.longAt(bytes, from + i * Double.BYTES);
          vector.setDouble(rows[i], Double.longBitsToDouble(bits));
        }
      }
      case INT96 -> {
        int from = take(count, INT96_BYTES);
        for (int i = 0; i < count; i++) {
          vector.setLong(rows[i], int96(bytes, from + i * INT96_BYTES));
        }
      }
      case UNSIGNED -> {
        int from = take(count, FileColumn.Stored.UNSIGNED_BYTES);
        for (int i = 0; i < count; i++) {
          vector.setLong(rows[i], unsigned(bytes, from + i * FileColumn.Stored.UNSIGNED_BYTES));
        }
      }
      case BYTES -> throw new IllegalStateException("texts are read by PlainTexts");
    }
  }

  private void readLongs(ColumnVector vector, int[] rows, int count) throws UnreadableException {
    int from = take(count, Long.BYTES);
    for (int i = 0; i < count; i++) {
      vector.setLong(rows[i], micros(stored, LittleEndian.longAt(bytes, from + i * Long.BYTES)));
    }
  }

  private void readBooleans(ColumnVector vector, int[] rows, int count) throws UnreadableException {
    if ((bit + (long) count + Byte.SIZE - 1) / Byte.SIZE > end - at) {
      throw new UnreadableException("a page has fewer values than it says", null);
    }
    for (int i = 0; i < count; i++, bit++) {
      vector.setLong(rows[i], (bytes[at + (bit >>> 3)] >>> (bit & 7)) & 1);
    }
  }

  /** What a stored long is in a vector. */
  static long micros(FileColumn.Stored stored, long value) {
    return switch (stored) {
      case MILLIS -> value * 1_000;
      case NANOS -> Math.floorDiv(value, 1_000);
      default -> value;
    };
  }

  static long unsigned(byte[] bytes, int at) throws UnreadableException {
    if (bytes[at] != 0) {
      throw new UnreadableException("a number is negative or larger than 64 bits", null);
    }
    return Long.reverseBytes(LittleEndian.longAt(bytes, at + 1));
  }

  static long int96(byte[] bytes, int at) {
    long nanos = LittleEndian.longAt(bytes, at);
    long day = LittleEndian.intAt(bytes, at + Long.BYTES) - (long) JULIAN_DAY_OF_EPOCH;
    return day * MICROS_PER_DAY + Math.floorDiv(nanos, 1_000);
  }
}

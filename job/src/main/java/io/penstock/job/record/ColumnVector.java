package io.penstock.job.record;

import io.penstock.spec.ColumnType;
import java.util.Arrays;

/**
 * The values of one column in a {@link RowBatch}. Integers, booleans (0, 1) and timestamps
 * (microseconds) are longs; text and JSON are UTF-8 in one shared byte array. Setting a row's value
 * again overwrites it, so that a row given up half-way costs nothing.
 */
public final class ColumnVector {
  private static final int INITIAL_TEXT_BYTES = 8 * 1024;

  private final ColumnType type;
  private final boolean[] nulls = new boolean[RowBatch.CAPACITY];
  private final long[] longs;
  private final double[] doubles;
  private final int[] starts;
  private final int[] lengths;
  private byte[] text;
  private int textEnd;

  public ColumnVector(ColumnType type) {
    this.type = type;
    boolean isText = type == ColumnType.STRING || type == ColumnType.JSON;
    boolean isDouble = type == ColumnType.DOUBLE;
    this.longs = isText || isDouble ? new long[0] : new long[RowBatch.CAPACITY];
    this.doubles = isDouble ? new double[RowBatch.CAPACITY] : new double[0];
    this.starts = isText ? new int[RowBatch.CAPACITY] : new int[0];
    this.lengths = isText ? new int[RowBatch.CAPACITY] : new int[0];
    this.text = isText ? new byte[INITIAL_TEXT_BYTES] : new byte[0];
  }

  public ColumnType type() {
    return type;
  }

  public boolean isNull(int row) {
    return nulls[row];
  }

  public long longAt(int row) {
    return longs[row];
  }

  public double doubleAt(int row) {
    return doubles[row];
  }

  /** The array that {@link #textStart} and {@link #textLength} point into. */
  public byte[] text() {
    return text;
  }

  public int textStart(int row) {
    return starts[row];
  }

  public int textLength(int row) {
    return lengths[row];
  }

  public void setNull(int row) {
    nulls[row] = true;
  }

  public void setLong(int row, long value) {
    nulls[row] = false;
    longs[row] = value;
  }

  public void setDouble(int row, double value) {
    nulls[row] = false;
    doubles[row] = value;
  }

  /** Copies the bytes. */
  public void setText(int row, byte[] source, int start, int length) {
    if (text.length - textEnd < length) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, textEnd + length));
    }
    System.arraycopy(source, start, text, textEnd, length);
    nulls[row] = false;
    starts[row] = textEnd;
    lengths[row] = length;
    textEnd += length;
  }

  /** Bytes of text held, including those of rows given up. */
  public int textBytes() {
    return textEnd;
  }

  void clear() {
    textEnd = 0;
  }
}

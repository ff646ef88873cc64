package io.penstock.job.record;

import io.penstock.spec.ColumnType;
import java.util.Arrays;

/**
 * The values of one column in a {@link RowBatch}; a row that is set to nothing is null. Integers,
 * booleans (0, 1) and timestamps (microseconds) are longs; text and JSON are UTF-8 in one shared
 * byte array: the block of bytes that the batch was decoded from, as long as all of the column's
 * text is in there, otherwise an array of the vector's own. Setting a row's value again overwrites
 * it, so that a row given up half-way costs nothing.
 *
 * <p>The arrays that are handed out have {@link RowBatch#CAPACITY} elements, and values where a row
 * is not null; they are the vector's own and not to be written to.
 */
public final class ColumnVector {
  private static final int INITIAL_TEXT_BYTES = 8 * 1024;
  private static final byte[] NO_BLOCK = {};

  private final ColumnType type;
  private final boolean[] nulls = new boolean[RowBatch.CAPACITY];
  private final long[] longs;
  private final double[] doubles;
  private final int[] starts;
  private final int[] lengths;
  private byte[] own;
  private byte[] text;
  private int ownEnd;

  public ColumnVector(ColumnType type) {
    this.type = type;
    boolean isText = type == ColumnType.STRING || type == ColumnType.JSON;
    boolean isDouble = type == ColumnType.DOUBLE;
    this.longs = isText || isDouble ? new long[0] : new long[RowBatch.CAPACITY];
    this.doubles = isDouble ? new double[RowBatch.CAPACITY] : new double[0];
    this.starts = isText ? new int[RowBatch.CAPACITY] : new int[0];
    this.lengths = isText ? new int[RowBatch.CAPACITY] : new int[0];
    this.own = new byte[0];
    clear(NO_BLOCK);
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

  public boolean[] nulls() {
    return nulls;
  }

  public long[] longs() {
    return longs;
  }

  public double[] doubles() {
    return doubles;
  }

  /** Into {@link #text()}, in bytes. */
  public int[] starts() {
    return starts;
  }

  /** In bytes. */
  public int[] lengths() {
    return lengths;
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

  /** Keeps the place of bytes that are in the batch's block; copies all others. */
  public void setText(int row, byte[] source, int start, int length) {
    if (source == text && text != own) {
      nulls[row] = false;
      starts[row] = start;
      lengths[row] = length;
    } else {
      copyText(row, source, start, length);
    }
  }

  private void copyText(int row, byte[] source, int start, int length) {
    if (text != own) {
      leaveBlock(row);
    }
    int copied = append(source, start, length);
    nulls[row] = false;
    starts[row] = copied;
    lengths[row] = length;
  }

  /** From now on, and until the batch is cleared, the column's text is in an array of its own. */
  private void leaveBlock(int overwritten) {
    byte[] block = text;
    for (int row = 0; row < nulls.length; row++) {
      if (!nulls[row] && row != overwritten) {
        starts[row] = append(block, starts[row], lengths[row]);
      }
    }
    text = own;
  }

  private int append(byte[] source, int start, int length) {
    if (own.length - ownEnd < length) {
      int enough = Math.max(INITIAL_TEXT_BYTES, ownEnd + length);
      byte[] larger = Arrays.copyOf(own, Math.max(own.length * 2, enough));
      text = text == own ? larger : text;
      own = larger;
    }
    System.arraycopy(source, start, own, ownEnd, length);
    ownEnd += length;
    return ownEnd - length;
  }

  /**
   * Makes every row null.
   *
   * @param block that the next rows' text points into
   */
  public void clear(byte[] block) {
    Arrays.fill(nulls, true);
    ownEnd = 0;
    text = block;
  }
}

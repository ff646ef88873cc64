package io.penstock.job.sort;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;

/**
 * A column's values as bytes whose unsigned order is the values': null first, numbers by size (NaN
 * above all), text by its UTF-8.
 */
final class KeyColumn {
  private static final int NULL = 0;
  private static final int VALUE = 1;

  /** Stands behind a zero byte that is text; a zero behind one ends the text. */
  private static final int ESCAPED = 0xff;

  private final int column;
  private final ColumnType type;
  private final boolean grouping;
  private byte[] text = new byte[256];

  /**
   * @param column its place in batches
   * @param grouping whether values that are equal but not the same become so: zeros, NaNs
   */
  KeyColumn(int column, ColumnType type, boolean grouping) {
    this.column = column;
    this.type = type;
    this.grouping = grouping;
  }

  void write(ColumnVector vector, int row, RowBytes out) {
    if (vector.isNull(row)) {
      out.put(NULL);
      return;
    }
    out.put(VALUE);
    switch (type) {
      case STRING, JSON -> writeText(vector, row, out);
      case DOUBLE -> out.putLong(ordered(vector.doubleAt(row)) ^ Long.MIN_VALUE);
      case BOOLEAN, INT32, INT64, TIMESTAMP -> out.putLong(vector.longAt(row) ^ Long.MIN_VALUE);
      case UINT64 -> out.putLong(vector.longAt(row));
    }
  }

  /** Of which the signed order is that of the doubles; undoes itself. */
  private long ordered(double value) {
    double same = grouping && value == 0 ? 0.0 : value;
    long bits = grouping ? Double.doubleToLongBits(same) : Double.doubleToRawLongBits(same);
    return flipped(bits);
  }

  private static long flipped(long bits) {
    return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
  }

  private static void writeText(ColumnVector vector, int row, RowBytes out) {
    byte[] source = vector.text();
    int from = vector.textStart(row);
    int to = from + vector.textLength(row);
    for (int i = from; i < to; i++) {
      if (source[i] == 0) {
        out.put(source, from, i + 1 - from);
        out.put(ESCAPED);
        from = i + 1;
      }
    }
    out.put(source, from, to - from);
    out.put(0);
    out.put(0);
  }

  /** Sets the row's value in its column; returns the index behind it. */
  int read(byte[] bytes, int index, ColumnVector[] columns, int row) {
    int at = index + 1;
    if (bytes[index] == NULL) {
      columns[column].setNull(row);
      return at;
    }
    switch (type) {
      case STRING, JSON -> {
        return readText(bytes, at, columns[column], row);
      }
      case DOUBLE ->
          columns[column].setDouble(
              row, Double.longBitsToDouble(flipped(RowBytes.longAt(bytes, at) ^ Long.MIN_VALUE)));
      case BOOLEAN, INT32, INT64, TIMESTAMP ->
          columns[column].setLong(row, RowBytes.longAt(bytes, at) ^ Long.MIN_VALUE);
      case UINT64 -> columns[column].setLong(row, RowBytes.longAt(bytes, at));
    }
    return at + Long.BYTES;
  }

  private int readText(byte[] bytes, int from, ColumnVector vector, int row) {
    int i = from;
    int length = 0;
    while (true) {
      int end = i;
      while (bytes[end] != 0) {
        end++;
      }
      boolean more = bytes[end + 1] != 0;
      int count = end - i + (more ? 1 : 0);
      if (!more && length == 0) {
        vector.setText(row, bytes, i, count);
        return end + 2;
      }
      if (length + count > text.length) {
        text = java.util.Arrays.copyOf(text, 2 * (length + count));
      }
      System.arraycopy(bytes, i, text, length, count);
      length += count;
      i = end + 2;
      if (!more) {
        vector.setText(row, text, 0, length);
        return i;
      }
    }
  }

  int column() {
    return column;
  }

  ColumnVector of(ColumnVector[] columns) {
    return columns[column];
  }
}

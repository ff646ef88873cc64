package io.penstock.job.sort;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;

/** A column whose values only travel with the row. */
final class PlainColumn {
  private final int column;
  private final ColumnType type;

  /**
   * @param column its place in batches
   */
  PlainColumn(int column, ColumnType type) {
    this.column = column;
    this.type = type;
  }

  void write(ColumnVector vector, int row, RowBytes out) {
    boolean absent = vector.isNull(row);
    out.put(absent ? 0 : 1);
    if (absent) {
      return;
    }
    switch (type) {
      case STRING, JSON -> {
        out.putInt(vector.textLength(row));
        out.put(vector.text(), vector.textStart(row), vector.textLength(row));
      }
      case DOUBLE -> out.putLong(Double.doubleToRawLongBits(vector.doubleAt(row)));
      case BOOLEAN, INT32, INT64, UINT64, TIMESTAMP -> out.putLong(vector.longAt(row));
    }
  }

  /** Sets the row's value in its column; returns the index behind it. */
  int read(byte[] bytes, int index, ColumnVector[] columns, int row) {
    ColumnVector vector = columns[column];
    int at = index + 1;
    if (bytes[index] == 0) {
      vector.setNull(row);
      return at;
    }
    switch (type) {
      case STRING, JSON -> {
        int length = RowBytes.intAt(bytes, at);
        vector.setText(row, bytes, at + Integer.BYTES, length);
        return at + Integer.BYTES + length;
      }
      case DOUBLE -> vector.setDouble(row, Double.longBitsToDouble(RowBytes.longAt(bytes, at)));
      case BOOLEAN, INT32, INT64, UINT64, TIMESTAMP ->
          vector.setLong(row, RowBytes.longAt(bytes, at));
    }
    return at + Long.BYTES;
  }

  int column() {
    return column;
  }
}

package io.penstock.job.sort;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Rollup.Function;

/**
 * What is known of a measure of the rows that became one: whether there is a value, then 16 bytes.
 * Sums of whole numbers have 128 bits, so that they do not depend on the order of the rows.
 */
final class MeasureColumn {
  static final int BYTES = 1 + 2 * Long.BYTES;
  private static final int HIGH = 1;
  private static final int LOW = HIGH + Long.BYTES;

  private final int column;
  private final ColumnType type;
  private final Function function;
  private long tooLarge;

  /**
   * @param column its place in batches
   */
  MeasureColumn(int column, ColumnType type, Function function) {
    this.column = column;
    this.type = type;
    this.function = function;
  }

  /** Of one row. */
  void write(ColumnVector vector, int row, RowBytes out) {
    boolean absent = vector.isNull(row);
    out.put(absent ? 0 : 1);
    if (absent) {
      out.putLong(0);
      out.putLong(0);
    } else if (function == Function.COUNT) {
      out.putLong(0);
      out.putLong(1);
    } else if (type == ColumnType.DOUBLE) {
      out.putLong(0);
      out.putLong(Double.doubleToRawLongBits(vector.doubleAt(row)));
    } else {
      long value = vector.longAt(row);
      out.putLong(value >> (Long.SIZE - 1));
      out.putLong(value);
    }
  }

  /** What is known of the rows of both is put in the place of the first. */
  void combine(byte[] first, int at, byte[] second, int secondAt) {
    if (second[secondAt] == 0) {
      return;
    }
    if (first[at] == 0) {
      System.arraycopy(second, secondAt, first, at, BYTES);
    } else if (type == ColumnType.DOUBLE) {
      combineDoubles(first, at, second, secondAt);
    } else {
      combineLongs(first, at, second, secondAt);
    }
  }

  private void combineDoubles(byte[] first, int at, byte[] second, int secondAt) {
    double a = Double.longBitsToDouble(RowBytes.longAt(first, at + LOW));
    double b = Double.longBitsToDouble(RowBytes.longAt(second, secondAt + LOW));
    double both =
        switch (function) {
          case SUM, COUNT -> a + b;
          case MIN -> Math.min(a, b);
          case MAX -> Math.max(a, b);
        };
    RowBytes.putLong(first, at + LOW, Double.doubleToRawLongBits(both));
  }

  private void combineLongs(byte[] first, int at, byte[] second, int secondAt) {
    long a = RowBytes.longAt(first, at + LOW);
    long b = RowBytes.longAt(second, secondAt + LOW);
    switch (function) {
      case SUM, COUNT -> {
        long low = a + b;
        long carry = Long.compareUnsigned(low, a) < 0 ? 1 : 0;
        long high =
            RowBytes.longAt(first, at + HIGH) + RowBytes.longAt(second, secondAt + HIGH) + carry;
        RowBytes.putLong(first, at + HIGH, high);
        RowBytes.putLong(first, at + LOW, low);
      }
      case MIN -> RowBytes.putLong(first, at + LOW, Math.min(a, b));
      case MAX -> RowBytes.putLong(first, at + LOW, Math.max(a, b));
    }
  }

  /** Sets the row's value in its column. */
  void read(byte[] bytes, int at, ColumnVector[] columns, int row) {
    ColumnVector vector = columns[column];
    long low = RowBytes.longAt(bytes, at + LOW);
    if (function == Function.COUNT) {
      vector.setLong(row, low);
    } else if (bytes[at] == 0) {
      vector.setNull(row);
    } else if (type == ColumnType.DOUBLE) {
      vector.setDouble(row, Double.longBitsToDouble(low));
    } else if (function == Function.SUM
        && RowBytes.longAt(bytes, at + HIGH) != low >> (Long.SIZE - 1)) {
      vector.setNull(row);
      tooLarge++;
    } else {
      vector.setLong(row, low);
    }
  }

  int column() {
    return column;
  }

  /** How many sums had more than 64 bits since last asked. */
  long tooLarge() {
    long count = tooLarge;
    tooLarge = 0;
    return count;
  }
}

package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compares and copies values of one type. */
final class Values {
  /** What a column of text that is nobody else's is cleared to. */
  static final byte[] NO_TEXT = {};

  private Values() {}

  /** Of two values of one type, neither null; NaN equals itself and is the largest. */
  interface Order {
    int compare(ColumnVector a, ColumnVector b, int row);
  }

  /** Copies a row's value, or null. */
  interface Copy {
    void copy(ColumnVector from, ColumnVector to, int row);
  }

  static Order order(ValueType type) {
    return switch (type) {
      case BOOLEAN, BIGINT, TIMESTAMP -> (a, b, row) -> Long.compare(a.longAt(row), b.longAt(row));
      case DOUBLE, FLOAT -> (a, b, row) -> compare(a.doubleAt(row), b.doubleAt(row));
      case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          Values::compareText;
    };
  }

  /** Zeros of both signs are equal. */
  private static int compare(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : Double.compare(a, b);
  }

  private static int compareText(ColumnVector a, ColumnVector b, int row) {
    int aFrom = a.textStart(row);
    int bFrom = b.textStart(row);
    return Arrays.compareUnsigned(
        a.text(), aFrom, aFrom + a.textLength(row), b.text(), bFrom, bFrom + b.textLength(row));
  }

  static Copy copy(ValueType type) {
    return switch (type) {
      case BOOLEAN, BIGINT, TIMESTAMP -> Values::copyLong;
      case DOUBLE, FLOAT -> Values::copyDouble;
      case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          Values::copyText;
    };
  }

  private static void copyLong(ColumnVector from, ColumnVector to, int row) {
    to.setLong(row, from.longAt(row));
    if (from.isNull(row)) {
      to.setNull(row);
    }
  }

  private static void copyDouble(ColumnVector from, ColumnVector to, int row) {
    to.setDouble(row, from.doubleAt(row));
    if (from.isNull(row)) {
      to.setNull(row);
    }
  }

  private static void copyText(ColumnVector from, ColumnVector to, int row) {
    if (from.isNull(row)) {
      to.setNull(row);
    } else {
      to.setText(row, from.text(), from.textStart(row), from.textLength(row));
    }
  }

  static String text(ColumnVector values, int row) {
    return new String(
        values.text(), values.textStart(row), values.textLength(row), StandardCharsets.UTF_8);
  }

  static void set(ColumnVector result, int row, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    result.setText(row, bytes, 0, bytes.length);
  }

  static void set(ColumnVector result, int row, boolean value) {
    result.setLong(row, value ? 1 : 0);
  }
}

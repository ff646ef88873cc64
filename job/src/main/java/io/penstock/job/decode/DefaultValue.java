package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;

/** What a column has where its value is absent, converted once. */
final class DefaultValue {
  private final ColumnVector value;

  DefaultValue(ColumnConverter converter, ColumnSpec column) {
    value = new ColumnVector(column.type());
    try {
      converter.convert(FieldKind.ABSENT, "", value, 0);
    } catch (Unconvertible e) {
      throw new IllegalStateException("the converter has checked its default", e);
    }
  }

  void copyTo(ColumnVector vector, int row) {
    if (value.isNull(0)) {
      vector.setNull(row);
      return;
    }
    switch (value.type()) {
      case INT32, INT64, UINT64, BOOLEAN, TIMESTAMP -> vector.setLong(row, value.longAt(0));
      case DOUBLE -> vector.setDouble(row, value.doubleAt(0));
      case STRING, JSON ->
          vector.setText(row, value.text(), value.textStart(0), value.textLength(0));
    }
  }
}

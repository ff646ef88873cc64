package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import java.util.List;

/** Reads {@code BOOLEAN}. */
final class BooleanReader extends ColumnReader {
  BooleanReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    super(column, nullValues, vector);
  }

  @Override
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (kind == FieldKind.TRUE || kind == FieldKind.FALSE) {
      vector.setLong(row, kind == FieldKind.TRUE ? 1 : 0);
      return true;
    }
    return exactly(kind, bytes, from, to, row);
  }
}

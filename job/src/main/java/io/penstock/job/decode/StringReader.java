package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import java.util.List;

/** Reads {@code STRING}: any value's text. */
final class StringReader extends ColumnReader {
  StringReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    super(column, nullValues, vector);
  }

  @Override
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (isNull(kind, bytes, from, to)) {
      absent(row);
    } else {
      vector.setText(row, bytes, from, to - from);
    }
    return true;
  }
}

package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import java.util.List;

/** Reads {@code DOUBLE}. */
final class DoubleReader extends ColumnReader {
  DoubleReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    super(column, nullValues, vector);
  }

  @Override
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (isNull(kind, bytes, from, to)) {
      absent(row);
      return true;
    }
    double value = Decimals.parse(bytes, from, to);
    if (Double.isNaN(value)) {
      return exactly(kind, bytes, from, to, row);
    }
    vector.setDouble(row, value);
    return true;
  }
}

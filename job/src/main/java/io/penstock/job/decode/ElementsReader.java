package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import java.util.List;

/** Reads {@code JSON} whose elements have types of their own, by way of text. */
final class ElementsReader extends ColumnReader {
  ElementsReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    super(column, nullValues, vector);
  }

  @Override
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (isNull(kind, bytes, from, to)) {
      absent(row);
      return true;
    }
    return exactly(kind, bytes, from, to, row);
  }
}

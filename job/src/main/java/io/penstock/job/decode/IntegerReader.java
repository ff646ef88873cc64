package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.IntegerRange;
import java.util.List;

/** Reads whole numbers; those of which a long is too small are read exactly. */
final class IntegerReader extends ColumnReader {
  private final long min;
  private final long max;

  IntegerReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    super(column, nullValues, vector);
    IntegerRange range = ColumnConverter.range(column);
    this.min = range.min();
    this.max = range.max();
  }

  @Override
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (isNull(kind, bytes, from, to)) {
      absent(row);
      return true;
    }
    boolean negative = bytes[from] == '-';
    long value = Digits.number(bytes, negative ? from + 1 : from, to);
    if (value == Digits.UNKNOWN) {
      return exactly(kind, bytes, from, to, row);
    }
    value = negative ? -value : value;
    vector.setLong(row, value);
    return value >= min && value <= max;
  }
}

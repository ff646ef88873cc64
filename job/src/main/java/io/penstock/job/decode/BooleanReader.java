package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import java.util.List;

/** Reads {@code BOOLEAN}. */
final class BooleanReader extends ColumnReader {
  private static final int FALSE_LENGTH = 5;
  private static final long FALSE = 0x65736c6166L;
  private static final long LOWER_CASE = 0x20 * Words.ONES;

  BooleanReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    super(column, nullValues, vector);
  }

  @Override
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (isNull(kind, bytes, from, to)) {
      absent(row);
      return true;
    }
    return switch (kind) {
      case TRUE, NESTED -> set(row, true);
      case FALSE -> set(row, false);
      case STRING, TEXT -> set(row, !isZero(bytes, from, to) && !isFalse(bytes, from, to));
      case NUMBER ->
          to - from == 1 ? set(row, bytes[from] != '0') : exactly(kind, bytes, from, to, row);
      case ABSENT -> false;
    };
  }

  private boolean set(int row, boolean value) {
    vector.setLong(row, value ? 1 : 0);
    return true;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    return to - from == 1 && bytes[from] == '0';
  }

  private static boolean isFalse(byte[] bytes, int from, int to) {
    return to - from == FALSE_LENGTH
        && ((Words.at(bytes, from) | LOWER_CASE) & Words.mask(FALSE_LENGTH)) == FALSE;
  }
}

package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Whether a value is among constants. */
final class InNode implements Node {
  private final Node value;
  private final ValueType type;
  private final long[] longs;
  private final double[] doubles;
  private final Set<String> texts;
  private final ColumnVector result = new ColumnVector(ColumnType.BOOLEAN);

  /**
   * @param constants as an {@link io.penstock.spec.expression.Expression.Constant} has them
   */
  InNode(Node value, ValueType type, Collection<String> constants) {
    this.value = value;
    this.type = type;
    boolean isDouble = type == ValueType.DOUBLE || type == ValueType.FLOAT;
    boolean isText = type == ValueType.VARCHAR;
    this.longs =
        isDouble || isText
            ? new long[0]
            : constants.stream().mapToLong(one -> longOf(type, one)).sorted().toArray();
    this.doubles =
        isDouble
            ? constants.stream()
                .mapToDouble(one -> Double.parseDouble(one) + 0.0)
                .sorted()
                .toArray()
            : new double[0];
    this.texts = isText ? new HashSet<>(constants) : Set.of();
  }

  private static long longOf(ValueType type, String constant) {
    return type == ValueType.BOOLEAN
        ? Boolean.parseBoolean(constant) ? 1 : 0
        : Long.parseLong(constant);
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    ColumnVector values = value.evaluate(rows, losses);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (values.isNull(row)) {
        result.setNull(row);
      } else {
        Values.set(result, row, isAmong(values, row));
      }
    }
    return result;
  }

  private boolean isAmong(ColumnVector values, int row) {
    return switch (type.columnType()) {
      case DOUBLE -> java.util.Arrays.binarySearch(doubles, values.doubleAt(row) + 0.0) >= 0;
      case STRING, JSON -> texts.contains(Values.text(values, row));
      case BOOLEAN, INT32, INT64, UINT64, TIMESTAMP ->
          java.util.Arrays.binarySearch(longs, values.longAt(row)) >= 0;
    };
  }
}

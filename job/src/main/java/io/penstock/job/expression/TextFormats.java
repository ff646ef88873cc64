package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.TextFormat;
import io.penstock.spec.expression.ValueType;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Optional;

/** {@code STRING_FORMAT}. */
final class TextFormats {
  private TextFormats() {}

  /**
   * @param arguments the pattern, a constant, and what it is about
   */
  static RowFunction of(List<Expression> arguments) {
    Optional<String> pattern = ((Expression.Constant) arguments.get(0)).value();
    if (pattern.isEmpty()) {
      return (a, row, result, losses) -> result.setNull(row);
    }
    TextFormat format = new TextFormat(pattern.get());
    ValueType[] types = arguments.stream().skip(1).map(Expression::type).toArray(ValueType[]::new);
    return (a, row, result, losses) -> {
      Object[] values = new Object[types.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = a[i].isNull(row) ? null : value(types[i], a[i], row);
      }
      try {
        Values.set(result, row, format.of(values));
      } catch (IllegalFormatException e) {
        losses.add(row, Loss.ERROR, "a format does not fit its arguments");
      }
    };
  }

  private static Object value(ValueType type, ColumnVector vector, int row) {
    return switch (type) {
      case BIGINT -> vector.longAt(row);
      case DOUBLE, FLOAT -> vector.doubleAt(row);
      case BOOLEAN -> vector.longAt(row) != 0;
      default -> Values.text(vector, row);
    };
  }
}

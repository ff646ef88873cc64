package io.penstock.control.dialect.polaris;

import io.penstock.spec.ColumnType;
import io.penstock.spec.Rollup;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * A column, as it is computed.
 *
 * @param expression of each row
 * @param measure what is made of its values; absent where rows are not combined, or by it
 */
record MappedColumn(String name, Expression expression, Optional<Rollup.Function> measure) {
  ColumnType type() {
    return expression.type().columnType();
  }

  /** Truth is 1 or 0, and a time that is not the row's is milliseconds. */
  MappedColumn stored() {
    boolean asLong =
        expression.type() == ValueType.BOOLEAN || expression.type() == ValueType.TIMESTAMP;
    return asLong ? as(ValueType.BIGINT) : this;
  }

  /** Whole numbers lose nothing as doubles of the table or, where they are only stored, as text. */
  MappedColumn widenedTo(Optional<ColumnType> existing) {
    if (expression.type() != ValueType.BIGINT
        || measure.filter(m -> m == Rollup.Function.COUNT).isPresent()) {
      return this;
    }
    if (existing.filter(type -> type == ColumnType.DOUBLE).isPresent()) {
      return as(ValueType.DOUBLE);
    }
    return measure.isEmpty() && existing.filter(type -> type == ColumnType.STRING).isPresent()
        ? as(ValueType.VARCHAR)
        : this;
  }

  MappedColumn with(Expression newExpression) {
    return new MappedColumn(name, newExpression, measure);
  }

  private MappedColumn as(ValueType type) {
    return with(new Expression.Call(ScalarFunction.CAST, List.of(expression), type));
  }
}

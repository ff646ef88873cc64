package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.List;

/** The type of a function's value. */
enum ResultKind {
  TEXT(ValueType.VARCHAR),
  WHOLE(ValueType.BIGINT),
  DOUBLE(ValueType.DOUBLE),
  BOOL(ValueType.BOOLEAN),
  TIME(ValueType.TIMESTAMP),
  JSON(ValueType.JSON),
  TEXTS(ValueType.VARCHAR_ARRAY),
  /** That of the first argument. */
  SAME(null);

  private final ValueType type;

  ResultKind(ValueType type) {
    this.type = type;
  }

  ValueType of(List<Expression> arguments) {
    return type != null ? type : arguments.get(0).type();
  }
}

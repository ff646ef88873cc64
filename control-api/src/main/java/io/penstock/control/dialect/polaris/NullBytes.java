package io.penstock.control.dialect.polaris;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes U+0000 out of every text that expressions read. Pure. */
final class NullBytes {
  private NullBytes() {}

  /** The same expression of texts without it. */
  static Expression removed(Expression expression) {
    if (expression instanceof Expression.Input && expression.type() == ValueType.VARCHAR) {
      return new Expression.Call(
          ScalarFunction.REPLACE, List.of(expression, text("\u0000"), text("")), ValueType.VARCHAR);
    }
    if (expression instanceof Expression.Call call) {
      List<Expression> arguments = new ArrayList<>();
      call.arguments().forEach(argument -> arguments.add(removed(argument)));
      return new Expression.Call(call.function(), arguments, call.type());
    }
    return expression;
  }

  private static Expression text(String value) {
    return new Expression.Constant(ValueType.VARCHAR, Optional.of(value));
  }
}

package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.IsoTime;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlNode;

/** Makes expressions of one type, where a dialect does that by itself. */
final class Types {
  private final ZoneId zone;

  Types(ZoneId zone) {
    this.zone = zone;
  }

  /** Of functions that name none. */
  Expression zone() {
    return text(zone.getId());
  }

  /** Whether it is the literal NULL, which is of any type; after a cast it has its own. */
  static boolean isUntypedNull(Expression expression) {
    return isNull(expression) && expression.type() == ValueType.VARCHAR;
  }

  /** Whether it is null in every row. */
  static boolean isNull(Expression expression) {
    return expression instanceof Expression.Constant constant && constant.value().isEmpty();
  }

  static Expression call(ScalarFunction function, ValueType type, Expression... arguments) {
    return new Expression.Call(function, List.of(arguments), type);
  }

  static Expression text(String value) {
    return new Expression.Constant(ValueType.VARCHAR, Optional.of(value));
  }

  static Expression whole(long value) {
    return new Expression.Constant(ValueType.BIGINT, Optional.of(Long.toString(value)));
  }

  static Expression number(double value) {
    return new Expression.Constant(ValueType.DOUBLE, Optional.of(Double.toString(value)));
  }

  static Expression time(long micros) {
    return new Expression.Constant(ValueType.TIMESTAMP, Optional.of(Long.toString(micros)));
  }

  /** For which both can be compared. */
  ValueType compared(Expression a, Expression b, SqlNode at) throws Mistake {
    ValueType left = a.type();
    ValueType right = b.type();
    if (isUntypedNull(a) || left == right) {
      return right;
    }
    if (isUntypedNull(b)) {
      return left;
    }
    if (left.isNumber() && right.isNumber()) {
      return ValueType.DOUBLE;
    }
    if (isText(left) || isText(right)) {
      ValueType other = isText(left) ? right : left;
      if (other == ValueType.TIMESTAMP || other == ValueType.BOOLEAN) {
        return other;
      }
      if (other.isNumber()) {
        return ValueType.DOUBLE;
      }
    }
    if ((left == ValueType.BOOLEAN && right == ValueType.BIGINT)
        || (left == ValueType.BIGINT && right == ValueType.BOOLEAN)) {
      return ValueType.BIGINT;
    }
    throw new Mistake(at, "Cannot compare " + left + " with " + right + ".");
  }

  private static boolean isText(ValueType type) {
    return type == ValueType.VARCHAR;
  }

  /** That alternatives have in common; nulls have none of their own. */
  ValueType common(List<Expression> expressions, SqlNode at) throws Mistake {
    ValueType common = null;
    for (Expression expression : expressions) {
      if (!isUntypedNull(expression)) {
        common = common == null ? expression.type() : common(common, expression.type(), at);
      }
    }
    return common == null ? ValueType.VARCHAR : common;
  }

  private static ValueType common(ValueType a, ValueType b, SqlNode at) throws Mistake {
    if (a == b) {
      return a;
    }
    if (a.isNumber() && b.isNumber()) {
      return ValueType.DOUBLE;
    }
    if ((isText(a) && b.isNumber()) || (isText(b) && a.isNumber())) {
      return ValueType.VARCHAR;
    }
    if ((a == ValueType.BOOLEAN && b == ValueType.BIGINT)
        || (a == ValueType.BIGINT && b == ValueType.BOOLEAN)) {
      return ValueType.BIGINT;
    }
    throw new Mistake(at, "Values here must have one type, but there are " + a + " and " + b + ".");
  }

  /** The same value as another type, as {@code CAST} has it. */
  Expression cast(Expression expression, ValueType type, SqlNode at) throws Mistake {
    if (expression.type() == type) {
      return expression;
    }
    if (expression instanceof Expression.Constant constant) {
      Optional<Expression> folded = folded(constant, type, at);
      if (folded.isPresent()) {
        return folded.get();
      }
    }
    if (type == ValueType.TIMESTAMP && expression.type() == ValueType.VARCHAR) {
      return timeParse(ScalarFunction.TIME_PARSE, expression);
    }
    return call(ScalarFunction.CAST, type, expression);
  }

  Expression timeParse(ScalarFunction function, Expression text) {
    return call(
        function, ValueType.TIMESTAMP, text, Expression.Constant.none(ValueType.VARCHAR), zone());
  }

  private Optional<Expression> folded(Expression.Constant constant, ValueType type, SqlNode at)
      throws Mistake {
    if (constant.value().isEmpty()) {
      return Optional.of(Expression.Constant.none(type));
    }
    String value = constant.value().get();
    if (type == ValueType.DOUBLE && constant.type().isNumber()) {
      return Optional.of(number(Double.parseDouble(value)));
    }
    if (type == ValueType.TIMESTAMP && constant.type() == ValueType.VARCHAR) {
      OptionalLong micros = new IsoTime(zone).micros(value);
      if (micros.isEmpty()) {
        throw new Mistake(at, "'" + value + "' is no time of ISO 8601.");
      }
      return Optional.of(time(micros.getAsLong()));
    }
    return Optional.empty();
  }
}

package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;

/** Values that stand in the text. */
final class Literals {
  private Literals() {}

  static Expression of(SqlLiteral literal, Types types) throws Mistake {
    if (literal instanceof SqlUnknownLiteral unknown) {
      return time(unknown, types);
    }
    if (literal instanceof SqlAbstractDateTimeLiteral || literal instanceof SqlIntervalLiteral) {
      throw new Mistake(literal, "An interval is only added to, or taken from, a TIMESTAMP.");
    }
    return switch (literal.getTypeName()) {
      case NULL -> Expression.Constant.none(ValueType.VARCHAR);
      case BOOLEAN -> bool(literal);
      case CHAR -> Types.text(text(literal));
      case DECIMAL -> number(literal);
      case DOUBLE -> Types.number(literal.bigDecimalValue().doubleValue());
      default ->
          throw new Mistake(
              literal, "Literals of type " + literal.getTypeName() + " are not supported.");
    };
  }

  private static Expression bool(SqlLiteral literal) {
    Boolean value = literal.booleanValue() ? Boolean.TRUE : Boolean.FALSE;
    return new Expression.Constant(ValueType.BOOLEAN, Optional.of(value.toString()));
  }

  /** Of a text literal. */
  static String text(SqlLiteral literal) {
    return literal.getValueAs(String.class);
  }

  private static Expression number(SqlLiteral literal) throws Mistake {
    BigDecimal value = literal.bigDecimalValue();
    if (value.scale() > 0) {
      return Types.number(value.doubleValue());
    }
    try {
      return Types.whole(value.longValueExact());
    } catch (ArithmeticException e) {
      return Types.number(value.doubleValue());
    }
  }

  /** {@code TIMESTAMP '…'}, {@code DATE '…'}. */
  private static Expression time(SqlUnknownLiteral literal, Types types) throws Mistake {
    if (!literal.tag.equals("TIMESTAMP") && !literal.tag.equals("DATE")) {
      throw new Mistake(literal, "Literals of type " + literal.tag + " are not supported.");
    }
    return types.cast(Types.text(literal.getValue()), ValueType.TIMESTAMP, literal);
  }
}

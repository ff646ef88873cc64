package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;

/** {@code CAST} and {@code TRY_CAST}. */
final class Casts {
  private Casts() {}

  static Expression cast(SqlCall call, Typing typing) throws Mistake {
    return cast(call, typing, false);
  }

  static Expression tryCast(SqlCall call, Typing typing) throws Mistake {
    return cast(call, typing, true);
  }

  private static Expression cast(SqlCall call, Typing typing, boolean quiet) throws Mistake {
    Expression value = typing.of(call.operand(0));
    if (!(call.operand(1) instanceof SqlDataTypeSpec spec)) {
      throw new Mistake(call.operand(1), "CAST takes a type.");
    }
    String name = spec.getTypeName().toString().toUpperCase(Locale.ROOT);
    ValueType type = type(name, spec);
    if (Types.isNull(value)) {
      return Expression.Constant.none(type);
    }
    check(value.type(), type, name, call);
    if (name.equals("INTEGER") || name.equals("SMALLINT") || name.equals("TINYINT")) {
      return Types.call(
          quiet ? ScalarFunction.TRY_CAST_INTEGER : ScalarFunction.CAST_INTEGER, type, value);
    }
    if (type == value.type()) {
      return value;
    }
    if (type == ValueType.TIMESTAMP && value.type() == ValueType.VARCHAR) {
      return typing
          .types()
          .timeParse(quiet ? ScalarFunction.TRY_TIME_PARSE : ScalarFunction.TIME_PARSE, value);
    }
    return Types.call(quiet ? ScalarFunction.TRY_CAST : ScalarFunction.CAST, type, value);
  }

  private static ValueType type(String name, SqlNode at) throws Mistake {
    return switch (name) {
      case "VARCHAR", "CHAR" -> ValueType.VARCHAR;
      case "BIGINT", "INTEGER", "SMALLINT", "TINYINT" -> ValueType.BIGINT;
      case "DOUBLE", "DECIMAL" -> ValueType.DOUBLE;
      case "FLOAT", "REAL" -> ValueType.FLOAT;
      case "BOOLEAN" -> ValueType.BOOLEAN;
      case "TIMESTAMP" -> ValueType.TIMESTAMP;
      default -> throw new Mistake(at, "CAST to " + name + " is not supported.");
    };
  }

  private static void check(ValueType from, ValueType to, String name, SqlCall call)
      throws Mistake {
    boolean structured = from == ValueType.JSON || from.isArray();
    boolean timeToOther =
        from == ValueType.TIMESTAMP
            && to != ValueType.VARCHAR
            && to != ValueType.BIGINT
            && to != ValueType.TIMESTAMP;
    boolean otherToTime =
        to == ValueType.TIMESTAMP
            && (from == ValueType.BOOLEAN || from == ValueType.FLOAT || from == ValueType.DOUBLE);
    if (structured || timeToOther || otherToTime) {
      throw new Mistake(
          call,
          "CAST from "
              + from
              + " to "
              + name
              + " is not supported."
              + (from == ValueType.JSON ? " Use JSON_VALUE or TO_JSON_STRING." : ""));
    }
  }
}

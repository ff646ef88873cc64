package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlJsonValueReturning;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** Standard SQL's forms for JSON. */
final class JsonForms {
  private JsonForms() {}

  /** {@code JSON_VALUE(j, path RETURNING type)}. */
  static Expression value(SqlCall call, Typing typing) throws Mistake {
    ValueType type = ValueType.VARCHAR;
    for (int i = 2; i < call.operandCount(); i++) {
      SqlNode operand = call.operand(i);
      if (operand instanceof SqlDataTypeSpec spec) {
        type = returned(spec);
      } else if (!(operand instanceof SqlLiteral literal)
          || literal.getValue() != SqlJsonValueReturning.RETURNING) {
        throw new Mistake(operand, "JSON_VALUE has no other clause than RETURNING.");
      }
    }
    return apply(ScalarFunction.JSON_VALUE, type, call, typing);
  }

  private static ValueType returned(SqlDataTypeSpec spec) throws Mistake {
    return switch (spec.getTypeName().toString().toUpperCase(Locale.ROOT)) {
      case "VARCHAR" -> ValueType.VARCHAR;
      case "BIGINT" -> ValueType.BIGINT;
      case "DOUBLE" -> ValueType.DOUBLE;
      case "BOOLEAN" -> ValueType.BOOLEAN;
      default -> throw new Mistake(spec, "RETURNING is of VARCHAR, BIGINT, DOUBLE or BOOLEAN.");
    };
  }

  static Expression query(SqlCall call, Typing typing) throws Mistake {
    return apply(ScalarFunction.JSON_QUERY, ValueType.JSON, call, typing);
  }

  private static Expression apply(
      ScalarFunction function, ValueType type, SqlCall call, Typing typing) throws Mistake {
    if (call.operandCount() < 2) {
      throw new Mistake(call, function + " takes a value and a path.");
    }
    Signature signature = Signature.of(function, function + "(json, path) text");
    List<Expression> arguments =
        typing.all(List.of(call.<SqlNode>operand(0), call.<SqlNode>operand(1)));
    Expression.Call made = (Expression.Call) typing.apply(List.of(signature), arguments, call);
    return Typing.call(function, type, made.arguments());
  }

  /** {@code JSON_OBJECT(KEY k VALUE v, …)}; the first operand says what is done with nulls. */
  static Expression object(SqlCall call, Typing typing) throws Mistake {
    List<SqlNode> nodes = new ArrayList<>(call.getOperandList());
    List<Expression> arguments = typing.all(nodes.subList(1, nodes.size()));
    List<Expression> made = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Expression argument = arguments.get(i);
      boolean isName = i % 2 == 0;
      if (isName && argument.type() != ValueType.VARCHAR) {
        throw new Mistake(
            nodes.get(i + 1), "A name in JSON is VARCHAR, not " + argument.type() + ".");
      }
      made.add(argument);
    }
    return Typing.call(ScalarFunction.JSON_OBJECT, ValueType.JSON, made);
  }
}

package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;

/** Operators that give true, false or null. */
final class Conditions {
  private Conditions() {}

  /** Takes BOOLEANs. */
  static SpecialForms.Form of(ScalarFunction function) {
    return (call, typing) -> {
      List<Expression> made = new ArrayList<>();
      List<Expression> arguments = typing.all(call.getOperandList());
      for (int i = 0; i < arguments.size(); i++) {
        made.add(condition(arguments.get(i), call.operand(i), call, typing));
      }
      return Typing.call(function, ValueType.BOOLEAN, made);
    };
  }

  private static Expression condition(Expression argument, SqlNode at, SqlCall call, Typing typing)
      throws Mistake {
    if (argument.type() != ValueType.BOOLEAN && !Types.isUntypedNull(argument)) {
      throw new Mistake(
          at,
          "%s takes BOOLEAN but is given %s."
              .formatted(call.getOperator().getName(), argument.type()));
    }
    return typing.types().cast(argument, ValueType.BOOLEAN, at);
  }

  static SpecialForms.Form nullTest(ScalarFunction function) {
    return (call, typing) ->
        Typing.call(function, ValueType.BOOLEAN, typing.all(call.getOperandList()));
  }

  static SpecialForms.Form comparison(ScalarFunction function) {
    return (call, typing) -> {
      List<Expression> sides = typing.all(call.getOperandList());
      return compare(function, sides.get(0), sides.get(1), call, typing.types());
    };
  }

  static Expression compare(
      ScalarFunction function, Expression a, Expression b, SqlNode at, Types types) throws Mistake {
    ValueType type = types.compared(a, b, at);
    if (type == ValueType.JSON || type.isArray()) {
      throw new Mistake(at, "Values of type " + type + " cannot be compared.");
    }
    return Types.call(
        function,
        ValueType.BOOLEAN,
        types.cast(a, type, side(at, 0)),
        types.cast(b, type, side(at, 1)));
  }

  /** Where one side of a comparison stands, as far as that is known. */
  private static SqlNode side(SqlNode at, int index) {
    return at instanceof SqlCall call && call.operandCount() == 2 ? call.operand(index) : at;
  }

  private static Expression negatedIf(boolean negated, Expression condition) {
    return negated ? Types.call(ScalarFunction.NOT, ValueType.BOOLEAN, condition) : condition;
  }

  static Expression in(SqlCall call, Typing typing) throws Mistake {
    if (!(call.operand(1) instanceof SqlNodeList list)) {
      throw new Mistake(call, "IN takes a list of values, no query.");
    }
    List<SqlNode> nodes = new ArrayList<>(List.of(call.<SqlNode>operand(0)));
    nodes.addAll(list.getList());
    List<Expression> all = typing.all(nodes);
    Expression value = all.get(0);
    List<Expression> candidates = all.subList(1, all.size());
    boolean negated = call.getKind() == SqlKind.NOT_IN;
    ValueType type = typing.types().compared(value, candidates.get(0), call);
    boolean same = type == value.type();
    List<Expression> constants = new ArrayList<>(List.of(value));
    for (int i = 0; same && i < candidates.size(); i++) {
      ValueType with = typing.types().compared(value, candidates.get(i), list.get(i));
      Expression made = typing.types().cast(candidates.get(i), type, list.get(i));
      same = with == type && made instanceof Expression.Constant && !Types.isNull(made);
      constants.add(made);
    }
    if (same && type != ValueType.JSON && !type.isArray()) {
      return negatedIf(negated, Typing.call(ScalarFunction.IN, ValueType.BOOLEAN, constants));
    }
    List<Expression> equals = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      equals.add(
          compare(ScalarFunction.EQUAL, value, candidates.get(i), list.get(i), typing.types()));
    }
    return negatedIf(negated, Typing.call(ScalarFunction.OR, ValueType.BOOLEAN, equals));
  }

  static Expression between(SqlCall call, Typing typing) throws Mistake {
    List<Expression> all = typing.all(call.getOperandList());
    Types types = typing.types();
    Expression low =
        compare(ScalarFunction.GREATER_OR_EQUAL, all.get(0), all.get(1), call.operand(1), types);
    Expression high =
        compare(ScalarFunction.LESS_OR_EQUAL, all.get(0), all.get(2), call.operand(2), types);
    boolean negated = ((SqlBetweenOperator) call.getOperator()).isNegated();
    return negatedIf(negated, Types.call(ScalarFunction.AND, ValueType.BOOLEAN, low, high));
  }

  static Expression like(SqlCall call, Typing typing) throws Mistake {
    List<Expression> all = typing.all(call.getOperandList());
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).type() != ValueType.VARCHAR) {
        throw new Mistake(
            call.operand(i), "LIKE takes VARCHAR but is given " + all.get(i).type() + ".");
      }
      if (i > 0 && !(all.get(i) instanceof Expression.Constant)) {
        throw new Mistake(call.operand(i), "The pattern of LIKE must be a literal.");
      }
    }
    if (all.size() == 3 && ((Expression.Constant) all.get(2)).value().orElse("").length() != 1) {
      throw new Mistake(call.operand(2), "ESCAPE takes one character.");
    }
    SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
    if (!operator.isCaseSensitive()) {
      throw new Mistake(call, "ILIKE is not supported. Use LIKE with LOWER(…).");
    }
    return negatedIf(
        operator.isNegated(), Typing.call(ScalarFunction.LIKE, ValueType.BOOLEAN, all));
  }
}

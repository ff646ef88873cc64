package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlCase;

/** Forms that give one of several values. */
final class Alternatives {
  private Alternatives() {}

  static Expression caseOf(SqlCall call, Typing typing) throws Mistake {
    SqlCase form = (SqlCase) call;
    List<SqlNode> nodes = new ArrayList<>();
    SqlNode value = form.getValueOperand();
    if (value != null) {
      nodes.add(value);
    }
    nodes.addAll(form.getWhenOperands().getList());
    nodes.addAll(form.getThenOperands().getList());
    nodes.add(form.getElseOperand());
    List<Expression> all = typing.all(nodes);
    int first = value == null ? 0 : 1;
    int branches = form.getWhenOperands().size();
    List<Expression> results = all.subList(first + branches, all.size());
    ValueType type = typing.types().common(results, call);
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i < branches; i++) {
      SqlNode at = form.getWhenOperands().get(i);
      Expression when = all.get(first + i);
      arguments.add(
          value == null
              ? condition(when, at, typing)
              : Conditions.compare(ScalarFunction.EQUAL, all.get(0), when, at, typing.types()));
      arguments.add(typing.types().cast(results.get(i), type, call));
    }
    arguments.add(typing.types().cast(results.get(branches), type, call));
    return Typing.call(ScalarFunction.CASE, type, arguments);
  }

  private static Expression condition(Expression when, SqlNode at, Typing typing) throws Mistake {
    if (when.type() != ValueType.BOOLEAN && !Types.isUntypedNull(when)) {
      throw new Mistake(at, "WHEN takes BOOLEAN but is given " + when.type() + ".");
    }
    return typing.types().cast(when, ValueType.BOOLEAN, at);
  }

  private static List<Expression> made(
      List<Expression> all, ValueType type, SqlCall call, Types types) throws Mistake {
    List<Expression> made = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      made.add(types.cast(all.get(i), type, call.operand(i)));
    }
    return made;
  }

  static Expression coalesce(SqlCall call, Typing typing) throws Mistake {
    boolean pair = call.getOperator().getName().equalsIgnoreCase("NVL");
    List<Expression> all =
        SpecialForms.arguments(call, typing, pair ? 2 : 1, pair ? 2 : Integer.MAX_VALUE);
    ValueType type = typing.types().common(all, call);
    return Typing.call(ScalarFunction.COALESCE, type, made(all, type, call, typing.types()));
  }

  static Expression nullIf(SqlCall call, Typing typing) throws Mistake {
    List<Expression> all = SpecialForms.arguments(call, typing, 2, 2);
    Expression equal =
        Conditions.compare(ScalarFunction.EQUAL, all.get(0), all.get(1), call, typing.types());
    ValueType type = all.get(0).type();
    return Types.call(ScalarFunction.CASE, type, equal, Expression.Constant.none(type), all.get(0));
  }

  static SpecialForms.Form extreme(ScalarFunction function) {
    return (call, typing) -> {
      List<Expression> all = SpecialForms.arguments(call, typing, 1, Integer.MAX_VALUE);
      ValueType type = typing.types().common(all, call);
      if (type == ValueType.JSON || type.isArray()) {
        throw new Mistake(call, "Values of type " + type + " cannot be compared.");
      }
      return Typing.call(function, type, made(all, type, call, typing.types()));
    };
  }
}

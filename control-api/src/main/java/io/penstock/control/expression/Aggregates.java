package io.penstock.control.expression;

import io.penstock.spec.Rollup;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Calls that make one value of many rows; they stand outermost, and have scalar arguments. */
final class Aggregates {
  private static final Map<String, Rollup.Function> KNOWN =
      Map.of(
          "COUNT", Rollup.Function.COUNT,
          "SUM", Rollup.Function.SUM,
          "MIN", Rollup.Function.MIN,
          "MAX", Rollup.Function.MAX);
  private static final Set<String> LATER =
      Set.of(
          "ANY_VALUE",
          "APPROX_COUNT_DISTINCT",
          "APPROX_COUNT_DISTINCT_BUILTIN",
          "APPROX_COUNT_DISTINCT_DS_HLL",
          "APPROX_COUNT_DISTINCT_DS_THETA",
          "BIT_AND",
          "BIT_OR",
          "BIT_XOR",
          "DS_HLL",
          "DS_QUANTILES_SKETCH",
          "DS_THETA",
          "EARLIEST",
          "EARLIEST_BY",
          "LATEST",
          "LATEST_BY",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "VARIANCE",
          "VAR_POP",
          "VAR_SAMP");

  private Aggregates() {}

  /** Whether it is a function of many rows, of any kind. */
  static boolean isOne(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return KNOWN.containsKey(upper) || LATER.contains(upper) || upper.equals("AVG");
  }

  static boolean isOne(SqlNode node) {
    return node instanceof SqlCall call
        && (call.getKind() == SqlKind.FILTER || isOne(call.getOperator().getName()));
  }

  /**
   * @param node that {@link #isOne}
   */
  static Parsed.Aggregated typed(SqlNode node, Typing typing) throws Mistake {
    SqlCall call = (SqlCall) node;
    if (call.getKind() != SqlKind.FILTER) {
      return aggregate(call, typing);
    }
    if (!(call.operand(0) instanceof SqlCall inner) || !isOne(inner.getOperator().getName())) {
      throw new Mistake(call, "FILTER stands behind an aggregate function.");
    }
    Parsed.Aggregated aggregated = aggregate(inner, typing);
    SqlNode at = call.operand(1);
    Expression condition = typing.of(at);
    if (condition.type() != ValueType.BOOLEAN && !Types.isUntypedNull(condition)) {
      throw new Mistake(at, "FILTER takes BOOLEAN but is given " + condition.type() + ".");
    }
    Expression argument = aggregated.argument();
    return new Parsed.Aggregated(
        aggregated.function(),
        where(typing.types().cast(condition, ValueType.BOOLEAN, at), argument));
  }

  private static Expression where(Expression condition, Expression then) {
    return Types.call(
        ScalarFunction.CASE, then.type(), condition, then, Expression.Constant.none(then.type()));
  }

  private static Parsed.Aggregated aggregate(SqlCall call, Typing typing) throws Mistake {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (name.equals("AVG")) {
      throw new Mistake(
          call, "An average cannot be merged with others. Store SUM and COUNT of the values.");
    }
    if (LATER.contains(name)) {
      throw Mistake.later(call, name + " is not supported. Use COUNT, SUM, MIN or MAX.");
    }
    if (call.getFunctionQuantifier() != null) {
      throw Mistake.later(call, name + "(DISTINCT …) is not supported.");
    }
    if (call.operandCount() != 1) {
      throw new Mistake(call, name + " takes 1 argument, not " + call.operandCount() + ".");
    }
    SqlNode at = call.operand(0);
    boolean star = at instanceof SqlIdentifier identifier && identifier.isStar();
    if (star && !name.equals("COUNT")) {
      throw new Mistake(call, name + " takes an expression, not *.");
    }
    Expression argument = star ? Types.whole(1) : typing.of(at);
    Rollup.Function function = KNOWN.get(name);
    return new Parsed.Aggregated(
        function,
        function == Rollup.Function.COUNT
            ? counted(argument)
            : value(name, argument, at, typing.types()));
  }

  /** 1 for what counts, null for what does not. */
  private static Expression counted(Expression argument) {
    if (argument instanceof Expression.Constant) {
      return Types.isNull(argument) ? Expression.Constant.none(ValueType.BIGINT) : Types.whole(1);
    }
    return where(
        Types.call(ScalarFunction.IS_NOT_NULL, ValueType.BOOLEAN, argument), Types.whole(1));
  }

  private static Expression value(String name, Expression argument, SqlNode at, Types types)
      throws Mistake {
    if (Types.isUntypedNull(argument)) {
      return Expression.Constant.none(ValueType.BIGINT);
    }
    if (argument.type() == ValueType.TIMESTAMP && !name.equals("SUM")) {
      return types.cast(argument, ValueType.BIGINT, at);
    }
    if (!argument.type().isNumber()) {
      throw new Mistake(at, "%s takes a number but is given %s.".formatted(name, argument.type()));
    }
    return argument.type() == ValueType.FLOAT && name.equals("SUM")
        ? types.cast(argument, ValueType.DOUBLE, at)
        : argument;
  }
}

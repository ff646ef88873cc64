package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;

/** {@code + - * /} and signs. */
final class Arithmetic {
  private Arithmetic() {}

  static SpecialForms.Form of(ScalarFunction function) {
    return (call, typing) -> {
      if (call.operand(1) instanceof SqlIntervalLiteral interval
          && (function == ScalarFunction.ADD || function == ScalarFunction.SUBTRACT)) {
        int sign = function == ScalarFunction.ADD ? 1 : -1;
        return TimeForms.interval(call.operand(0), interval, sign, typing);
      }
      if (call.operand(0) instanceof SqlIntervalLiteral interval
          && function == ScalarFunction.ADD) {
        return TimeForms.interval(call.operand(1), interval, 1, typing);
      }
      Signature signature =
          new Signature(
              call.getOperator().getName(),
              function,
              List.of(ParameterKind.NUMBER),
              2,
              true,
              ResultKind.SAME);
      return typing.apply(List.of(signature), typing.all(call.getOperandList()), call);
    };
  }

  static Expression negation(SqlCall call, Typing typing) throws Mistake {
    Expression argument = signed(call, typing);
    if (argument instanceof Expression.Constant constant
        && constant.value().isPresent()
        && !constant.value().get().equals(Long.toString(Long.MIN_VALUE))) {
      String digits = constant.value().get();
      String negated = digits.startsWith("-") ? digits.substring(1) : "-" + digits;
      if (constant.type() == ValueType.BIGINT) {
        return Types.whole(Long.parseLong(negated));
      }
      // The one whole number that is too large only without its sign.
      return negated.equals("-9.223372036854775808E18") && isWhole(call)
          ? Types.whole(Long.MIN_VALUE)
          : new Expression.Constant(constant.type(), Optional.of(negated));
    }
    return Types.call(ScalarFunction.NEGATE, argument.type(), argument);
  }

  private static boolean isWhole(SqlCall call) {
    return call.operand(0).toString().equals("9223372036854775808");
  }

  static Expression plusSign(SqlCall call, Typing typing) throws Mistake {
    return signed(call, typing);
  }

  private static Expression signed(SqlCall call, Typing typing) throws Mistake {
    Expression argument = typing.all(call.getOperandList()).get(0);
    if (Types.isUntypedNull(argument)) {
      return Expression.Constant.none(ValueType.BIGINT);
    }
    if (!argument.type().isNumber()) {
      throw new Mistake(call, "A sign stands before a number, not before " + argument.type() + ".");
    }
    return argument.type() == ValueType.FLOAT
        ? typing.types().cast(argument, ValueType.DOUBLE, call)
        : argument;
  }
}

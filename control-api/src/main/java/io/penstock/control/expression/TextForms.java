package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** What is said of text in words or by an operator. */
final class TextForms {
  private static final Signature CONCAT = Signature.of("CONCAT(textual*) text");

  private TextForms() {}

  static Expression concat(SqlCall call, Typing typing) throws Mistake {
    return typing.apply(List.of(CONCAT), typing.all(call.getOperandList()), call);
  }

  /** {@code TRIM(BOTH 'x' FROM s)}. */
  static Expression trim(SqlCall call, Typing typing) throws Mistake {
    List<Expression> arguments =
        typing.all(List.of(call.<SqlNode>operand(1), call.<SqlNode>operand(2)));
    for (Expression argument : arguments) {
      if (!ParameterKind.TEXT.accepts(argument)) {
        throw new Mistake(call, "TRIM takes VARCHAR, not " + argument.type() + ".");
      }
    }
    SqlTrimFunction.Flag flag =
        ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
    ScalarFunction function =
        switch (flag) {
          case BOTH -> ScalarFunction.BTRIM;
          case LEADING -> ScalarFunction.LTRIM;
          case TRAILING -> ScalarFunction.RTRIM;
        };
    return Types.call(function, ValueType.VARCHAR, arguments.get(1), arguments.get(0));
  }

  /** {@code POSITION(x IN s FROM i)}. */
  static Expression position(SqlCall call, Typing typing) throws Mistake {
    List<Expression> all = new ArrayList<>(SpecialForms.arguments(call, typing, 2, 3));
    Signature signature = Signature.of(ScalarFunction.STRPOS, "POSITION(text, text, whole?) whole");
    Expression.Call made = (Expression.Call) typing.apply(List.of(signature), all, call);
    List<Expression> turned = new ArrayList<>(made.arguments());
    turned.set(0, made.arguments().get(1));
    turned.set(1, made.arguments().get(0));
    return Typing.call(ScalarFunction.STRPOS, ValueType.BIGINT, turned);
  }
}

package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.TextFormat;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.IllegalFormatException;
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

  /** {@code STRING_FORMAT(pattern, …)}: whether the pattern fits its arguments is tried. */
  static Expression format(SqlCall call, Typing typing) throws Mistake {
    List<Expression> given = SpecialForms.arguments(call, typing, 1, Integer.MAX_VALUE);
    if (!(given.get(0) instanceof Expression.Constant pattern)
        || pattern.type() != ValueType.VARCHAR) {
      throw new Mistake(call.operand(0), "The format must be a literal of VARCHAR.");
    }
    List<Expression> arguments = new ArrayList<>(List.of(pattern));
    List<Object> samples = new ArrayList<>();
    for (int i = 1; i < given.size(); i++) {
      Expression argument = given.get(i);
      samples.add(sample(argument.type(), call.operand(i)));
      arguments.add(
          argument.type() == ValueType.FLOAT
              ? typing.types().cast(argument, ValueType.DOUBLE, call.operand(i))
              : argument);
    }
    try {
      String unused = new TextFormat(pattern.value().orElse("")).of(samples.toArray());
    } catch (IllegalFormatException e) {
      throw new Mistake(call, "The format does not fit its arguments: " + e.getMessage() + ".");
    } catch (IllegalArgumentException e) {
      throw new Mistake(call.operand(0), e.getMessage() + ".");
    }
    return Typing.call(ScalarFunction.STRING_FORMAT, ValueType.VARCHAR, arguments);
  }

  private static Object sample(ValueType type, SqlNode at) throws Mistake {
    return switch (type) {
      case VARCHAR -> "x";
      case BIGINT -> 1L;
      case DOUBLE, FLOAT -> 1.5;
      case BOOLEAN -> true;
      default -> throw new Mistake(at, type + " cannot be formatted.");
    };
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

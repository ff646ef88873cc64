package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.Map;
import java.util.Optional;
import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.InfixExpression;
import org.mozilla.javascript.ast.UnaryExpression;

/**
 * Operators as JavaScript has them, for values whose types are known. What is computed of null is
 * null; whether something equals null is never null. Whole numbers are exact.
 */
final class ScriptOperators {
  static final Expression TRUE = bool(true);
  static final Expression FALSE = bool(false);
  static final Expression NULL = Expression.Constant.none(ValueType.VARCHAR);

  private static final Map<Integer, ScalarFunction> ARITHMETIC =
      Map.of(
          Token.SUB, ScalarFunction.SUBTRACT,
          Token.MUL, ScalarFunction.MULTIPLY,
          Token.MOD, ScalarFunction.MOD);
  private static final Map<Integer, ScalarFunction> COMPARISONS =
      Map.of(
          Token.LT, ScalarFunction.LESS,
          Token.LE, ScalarFunction.LESS_OR_EQUAL,
          Token.GT, ScalarFunction.GREATER,
          Token.GE, ScalarFunction.GREATER_OR_EQUAL);

  private static Expression bool(boolean value) {
    return new Expression.Constant(ValueType.BOOLEAN, Optional.of(Boolean.toString(value)));
  }

  boolean knows(int operator) {
    return ARITHMETIC.containsKey(operator)
        || COMPARISONS.containsKey(operator)
        || switch (operator) {
          case Token.ADD,
              Token.DIV,
              Token.AND,
              Token.OR,
              Token.EQ,
              Token.NE,
              Token.SHEQ,
              Token.SHNE ->
              true;
          default -> false;
        };
  }

  Expression infix(InfixExpression at, Expression left, Expression right) throws ScriptMistake {
    int operator = at.getType();
    if (ARITHMETIC.containsKey(operator)) {
      return arithmetic(at, ARITHMETIC.get(operator), left, right);
    }
    if (COMPARISONS.containsKey(operator)) {
      return compared(at, COMPARISONS.get(operator), left, right);
    }
    return switch (operator) {
      case Token.ADD -> added(at, left, right);
      case Token.DIV ->
          arithmetic(at, ScalarFunction.DIVIDE, floating(at, left), floating(at, right));
      case Token.AND -> choice(at, left, right, left);
      case Token.OR -> choice(at, left, left, right);
      case Token.EQ, Token.SHEQ -> equal(at, left, right);
      default -> not(equal(at, left, right));
    };
  }

  Expression unary(UnaryExpression at, Expression operand) throws ScriptMistake {
    return switch (at.getType()) {
      case Token.NOT -> not(truth(at, operand));
      case Token.NEG ->
          Types.call(ScalarFunction.NEGATE, number(at, operand).type(), number(at, operand));
      case Token.POS -> number(at, operand);
      default -> throw new ScriptMistake(at, "This operator is not supported in scripts");
    };
  }

  private static Expression not(Expression condition) {
    return Types.call(ScalarFunction.NOT, ValueType.BOOLEAN, condition);
  }

  /** Text, if one side is. */
  private Expression added(AstNode at, Expression left, Expression right) throws ScriptMistake {
    boolean text = left.type() == ValueType.VARCHAR || right.type() == ValueType.VARCHAR;
    return text
        ? Types.call(ScalarFunction.CONCAT, ValueType.VARCHAR, text(at, left), text(at, right))
        : arithmetic(at, ScalarFunction.ADD, left, right);
  }

  Expression text(AstNode at, Expression value) throws ScriptMistake {
    return switch (value.type()) {
      case VARCHAR -> value;
      case BIGINT -> Types.call(ScalarFunction.CAST, ValueType.VARCHAR, value);
      default -> throw new ScriptMistake(at, "The text of " + value.type() + " is not supported");
    };
  }

  Expression number(AstNode at, Expression value) throws ScriptMistake {
    if (value.type() == ValueType.BIGINT || value.type() == ValueType.DOUBLE) {
      return value;
    }
    throw new ScriptMistake(
        at,
        "A number is needed here, but there is %s%s"
            .formatted(
                value.type(),
                value.type() == ValueType.TIMESTAMP ? "; new Date(…).getTime() is one" : ""));
  }

  Expression floating(AstNode at, Expression value) throws ScriptMistake {
    Expression number = number(at, value);
    return number.type() == ValueType.DOUBLE
        ? number
        : Types.call(ScalarFunction.CAST, ValueType.DOUBLE, number);
  }

  private Expression arithmetic(
      AstNode at, ScalarFunction function, Expression left, Expression right) throws ScriptMistake {
    number(at, left);
    number(at, right);
    boolean whole = left.type() == ValueType.BIGINT && right.type() == ValueType.BIGINT;
    return whole
        ? Types.call(function, ValueType.BIGINT, left, right)
        : Types.call(function, ValueType.DOUBLE, floating(at, left), floating(at, right));
  }

  private Expression compared(
      AstNode at, ScalarFunction function, Expression left, Expression right) throws ScriptMistake {
    if (left.type() == right.type()) {
      return Types.call(function, ValueType.BOOLEAN, left, right);
    }
    return Types.call(function, ValueType.BOOLEAN, floating(at, left), floating(at, right));
  }

  private Expression equal(AstNode at, Expression left, Expression right) throws ScriptMistake {
    if (Types.isUntypedNull(left) || Types.isUntypedNull(right)) {
      Expression other = Types.isUntypedNull(left) ? right : left;
      return Types.call(ScalarFunction.IS_NULL, ValueType.BOOLEAN, other);
    }
    return compared(at, ScalarFunction.IS_NOT_DISTINCT, left, right);
  }

  /** What an {@code if} makes of a value; never null. */
  Expression truth(AstNode at, Expression value) throws ScriptMistake {
    Expression condition =
        switch (value.type()) {
          case BOOLEAN -> value;
          case VARCHAR ->
              Types.call(ScalarFunction.NOT_EQUAL, ValueType.BOOLEAN, value, Types.text(""));
          case BIGINT ->
              Types.call(ScalarFunction.NOT_EQUAL, ValueType.BOOLEAN, value, Types.whole(0));
          case DOUBLE ->
              Types.call(ScalarFunction.NOT_EQUAL, ValueType.BOOLEAN, value, Types.number(0));
          default -> throw new ScriptMistake(at, value.type() + " is no condition");
        };
    return Types.call(ScalarFunction.IS_TRUE, ValueType.BOOLEAN, condition);
  }

  /** Of one type, whichever it is. */
  Expression choice(AstNode at, Expression condition, Expression then, Expression otherwise)
      throws ScriptMistake {
    ValueType type = common(at, then, otherwise);
    return Types.call(
        ScalarFunction.CASE,
        type,
        truth(at, condition),
        as(at, then, type),
        as(at, otherwise, type));
  }

  ValueType common(AstNode at, Expression one, Expression other) throws ScriptMistake {
    if (Types.isUntypedNull(one) || one.type() == other.type()) {
      return other.type();
    }
    if (Types.isUntypedNull(other)) {
      return one.type();
    }
    number(at, one);
    number(at, other);
    return ValueType.DOUBLE;
  }

  private Expression as(AstNode at, Expression value, ValueType type) throws ScriptMistake {
    if (value.type() == type) {
      return value;
    }
    return Types.isUntypedNull(value) ? Expression.Constant.none(type) : floating(at, value);
  }
}

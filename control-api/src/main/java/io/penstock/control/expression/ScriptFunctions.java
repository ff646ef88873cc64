package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.TimePart;
import io.penstock.spec.expression.ValueType;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.mozilla.javascript.ast.AstNode;

/** What scripts may call. Times are UTC's, whether or not a method's name says so. */
final class ScriptFunctions {
  private static final Map<String, TimePart> PARTS =
      Map.of(
          "Milliseconds", TimePart.MILLISECOND,
          "Seconds", TimePart.SECOND,
          "Minutes", TimePart.MINUTE,
          "Hours", TimePart.HOUR,
          "Date", TimePart.DAY,
          "Day", TimePart.DOW,
          "Month", TimePart.MONTH,
          "FullYear", TimePart.YEAR);

  private final Types types = new Types(ZoneOffset.UTC);
  private final ScriptOperators operators;

  ScriptFunctions(ScriptOperators operators) {
    this.operators = operators;
  }

  private static ScriptMistake unknown(AstNode at) {
    return new ScriptMistake(at, "This is not supported in scripts");
  }

  private static void count(AstNode at, List<Expression> arguments, int least, int most)
      throws ScriptMistake {
    if (arguments.size() < least || arguments.size() > most) {
      throw new ScriptMistake(at, "This number of arguments is not supported in scripts");
    }
  }

  Expression property(AstNode at, Expression of, String name) throws ScriptMistake {
    if (of.type() == ValueType.VARCHAR && name.equals("length")) {
      return Types.call(ScalarFunction.LENGTH, ValueType.BIGINT, of);
    }
    throw unknown(at);
  }

  /** {@code new Date(…)}. */
  Expression made(AstNode at, String name, List<Expression> arguments) throws ScriptMistake {
    if (!name.equals("Date")) {
      throw unknown(at);
    }
    if (arguments.isEmpty()) {
      throw new ScriptMistake(at, "Scripts have no clock; use the automatic value current_time");
    }
    count(at, arguments, 1, 1);
    Expression value = arguments.get(0);
    return switch (value.type()) {
      case TIMESTAMP -> value;
      case VARCHAR -> types.timeParse(ScalarFunction.TIME_PARSE, value);
      case BIGINT -> Types.call(ScalarFunction.CAST, ValueType.TIMESTAMP, value);
      default -> throw new ScriptMistake(at, "A date cannot be made of " + value.type());
    };
  }

  Expression function(AstNode at, String name, List<Expression> arguments) throws ScriptMistake {
    if (!List.of("String", "Number", "Boolean").contains(name)) {
      throw unknown(at);
    }
    count(at, arguments, 1, 1);
    Expression value = arguments.get(0);
    return switch (name) {
      case "String" -> operators.text(at, value);
      case "Boolean" -> operators.truth(at, value);
      default ->
          switch (value.type()) {
            case BIGINT, DOUBLE -> value;
            case VARCHAR -> Types.call(ScalarFunction.CAST, ValueType.DOUBLE, value);
            case BOOLEAN -> Types.call(ScalarFunction.CAST, ValueType.BIGINT, value);
            case TIMESTAMP -> millis(value);
            default -> throw unknown(at);
          };
    };
  }

  Expression math(AstNode at, String name, List<Expression> arguments) throws ScriptMistake {
    if (name.equals("min") || name.equals("max")) {
      count(at, arguments, 2, 2);
      Expression one = operators.number(at, arguments.get(0));
      Expression other = operators.number(at, arguments.get(1));
      ValueType type = operators.common(at, one, other);
      Expression left = type == ValueType.BIGINT ? one : operators.floating(at, one);
      Expression right = type == ValueType.BIGINT ? other : operators.floating(at, other);
      ScalarFunction sought = name.equals("min") ? ScalarFunction.LESS : ScalarFunction.GREATER;
      Expression first = Types.call(sought, ValueType.BOOLEAN, left, right);
      // Of null it is null.
      return Types.call(
          ScalarFunction.CASE,
          type,
          Types.call(ScalarFunction.IS_NULL, ValueType.BOOLEAN, first),
          Expression.Constant.none(type),
          first,
          left,
          right);
    }
    ScalarFunction function =
        switch (name) {
          case "floor" -> ScalarFunction.FLOOR;
          case "ceil" -> ScalarFunction.CEIL;
          case "abs" -> ScalarFunction.ABS;
          case "trunc" -> ScalarFunction.TRUNCATE;
          case "sqrt" -> ScalarFunction.SQRT;
          default -> throw unknown(at);
        };
    count(at, arguments, 1, 1);
    Expression number = operators.number(at, arguments.get(0));
    boolean stays = number.type() == ValueType.BIGINT && function != ScalarFunction.SQRT;
    if (stays) {
      return function == ScalarFunction.ABS
          ? Types.call(function, ValueType.BIGINT, number)
          : number;
    }
    return Types.call(function, ValueType.DOUBLE, operators.floating(at, number));
  }

  Expression method(AstNode at, Expression of, String name, List<Expression> arguments)
      throws ScriptMistake {
    if (of.type() == ValueType.TIMESTAMP) {
      return time(at, of, name, arguments);
    }
    if (name.equals("toString")) {
      count(at, arguments, 0, 0);
      return operators.text(at, of);
    }
    if (of.type() != ValueType.VARCHAR) {
      throw unknown(at);
    }
    return switch (name) {
      case "toUpperCase" -> plain(at, ScalarFunction.UPPER, of, arguments);
      case "toLowerCase" -> plain(at, ScalarFunction.LOWER, of, arguments);
      case "trim" -> plain(at, ScalarFunction.BTRIM, of, arguments);
      case "indexOf" ->
          Types.call(
              ScalarFunction.SUBTRACT, ValueType.BIGINT, place(at, of, arguments), Types.whole(1));
      case "includes" ->
          Types.call(
              ScalarFunction.GREATER, ValueType.BOOLEAN, place(at, of, arguments), Types.whole(0));
      case "startsWith" ->
          Types.call(
              ScalarFunction.EQUAL, ValueType.BOOLEAN, place(at, of, arguments), Types.whole(1));
      case "substring", "slice" -> part(at, of, arguments);
      default -> throw unknown(at);
    };
  }

  private static Expression plain(
      AstNode at, ScalarFunction function, Expression of, List<Expression> arguments)
      throws ScriptMistake {
    count(at, arguments, 0, 0);
    return Types.call(function, ValueType.VARCHAR, of);
  }

  /** From 1; 0 if it is not there. */
  private static Expression place(AstNode at, Expression of, List<Expression> arguments)
      throws ScriptMistake {
    count(at, arguments, 1, 1);
    if (arguments.get(0).type() != ValueType.VARCHAR) {
      throw new ScriptMistake(at, "Text can only be sought in text");
    }
    return Types.call(ScalarFunction.STRPOS, ValueType.BIGINT, of, arguments.get(0));
  }

  private static Expression part(AstNode at, Expression of, List<Expression> arguments)
      throws ScriptMistake {
    count(at, arguments, 1, 2);
    long from = literal(at, arguments.get(0));
    Expression start = Types.whole(from + 1);
    if (arguments.size() == 1) {
      return Types.call(ScalarFunction.SUBSTRING, ValueType.VARCHAR, of, start);
    }
    long length = literal(at, arguments.get(1)) - from;
    if (length < 0) {
      throw new ScriptMistake(at, "The end must not be before the beginning");
    }
    return Types.call(ScalarFunction.SUBSTRING, ValueType.VARCHAR, of, start, Types.whole(length));
  }

  private static long literal(AstNode at, Expression place) throws ScriptMistake {
    if (place instanceof Expression.Constant constant
        && constant.type() == ValueType.BIGINT
        && constant.value().isPresent()
        && constant.value().get().length() <= 9) {
      return Long.parseLong(constant.value().get());
    }
    throw new ScriptMistake(at, "Places in text must be numbers that are written out");
  }

  private Expression time(AstNode at, Expression of, String name, List<Expression> arguments)
      throws ScriptMistake {
    count(at, arguments, 0, 0);
    if (name.equals("getTime") || name.equals("valueOf")) {
      return millis(of);
    }
    String part = name.startsWith("getUTC") ? name.substring(6) : name.replaceFirst("^get", "");
    if (!name.startsWith("get") || !PARTS.containsKey(part)) {
      throw unknown(at);
    }
    Expression extracted =
        Types.call(
            ScalarFunction.TIME_EXTRACT,
            ValueType.BIGINT,
            of,
            Types.text(PARTS.get(part).name()),
            types.zone());
    return switch (part) {
      // January is 0, and so is Sunday, which comes here as 7.
      case "Month" ->
          Types.call(ScalarFunction.SUBTRACT, ValueType.BIGINT, extracted, Types.whole(1));
      case "Day" -> Types.call(ScalarFunction.MOD, ValueType.BIGINT, extracted, Types.whole(7));
      default -> extracted;
    };
  }

  private static Expression millis(Expression time) {
    return Types.call(ScalarFunction.CAST, ValueType.BIGINT, time);
  }
}

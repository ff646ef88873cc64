package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;

/** Functions of ClickHouse that are made of several others, or depend on what they are given. */
final class ClickHouseForms {
  private static final long MILLIS = 1_000;

  private ClickHouseForms() {}

  private static Expression bool(ScalarFunction function, Expression... arguments) {
    return Types.call(function, ValueType.BOOLEAN, arguments);
  }

  /** Always of floating point. */
  static Expression divide(SqlCall call, Typing typing) throws Mistake {
    Signature signature = Signature.of(ScalarFunction.DIVIDE, "DIVIDE(double, double) double");
    return typing.apply(List.of(signature), typing.all(call.getOperandList()), call);
  }

  static Expression modulo(SqlCall call, Typing typing) throws Mistake {
    Signature signature = Signature.of("MOD(whole, whole) whole");
    return typing.apply(List.of(signature), typing.all(call.getOperandList()), call);
  }

  /** {@code if(c, a, b)}, and {@code multiIf} with more conditions. */
  static Expression conditions(SqlCall call, Typing typing) throws Mistake {
    List<Expression> all = SpecialForms.arguments(call, typing, 3, Integer.MAX_VALUE);
    if (all.size() % 2 == 0) {
      throw new Mistake(call, call.getOperator().getName() + " takes an odd number of arguments.");
    }
    List<Expression> results = new ArrayList<>();
    for (int i = 1; i < all.size(); i += 2) {
      results.add(all.get(i));
    }
    results.add(all.get(all.size() - 1));
    ValueType type = typing.types().common(results, call);
    List<Expression> made = new ArrayList<>();
    for (int i = 0; i + 1 < all.size(); i += 2) {
      made.add(condition(all.get(i), call.operand(i), typing));
      made.add(typing.types().cast(all.get(i + 1), type, call));
    }
    made.add(typing.types().cast(all.get(all.size() - 1), type, call));
    return Typing.call(ScalarFunction.CASE, type, made);
  }

  /** Of numbers everything but 0 is true. */
  private static Expression condition(Expression given, SqlNode at, Typing typing) throws Mistake {
    if (given.type() == ValueType.BIGINT) {
      return bool(ScalarFunction.NOT_EQUAL, given, Types.whole(0));
    }
    if (given.type() != ValueType.BOOLEAN && !Types.isUntypedNull(given)) {
      throw new Mistake(at, "A condition is no " + given.type() + ".");
    }
    return typing.types().cast(given, ValueType.BOOLEAN, at);
  }

  static SpecialForms.Form test(ScalarFunction function) {
    return (call, typing) -> bool(function, one(call, typing));
  }

  private static Expression one(SqlCall call, Typing typing) throws Mistake {
    return SpecialForms.arguments(call, typing, 1, 1).get(0);
  }

  private static Expression text(Expression given, SqlNode at) throws Mistake {
    if (given.type() != ValueType.VARCHAR) {
      throw new Mistake(at, "Here stands a String, not " + given.type() + ".");
    }
    return given;
  }

  static SpecialForms.Form empty(ScalarFunction comparison) {
    return (call, typing) ->
        bool(comparison, text(one(call, typing), call.operand(0)), Types.text(""));
  }

  /** {@code startsWith} and {@code endsWith}. */
  static SpecialForms.Form end(ScalarFunction part) {
    return (call, typing) -> {
      List<Expression> all = SpecialForms.arguments(call, typing, 2, 2);
      Expression whole = text(all.get(0), call.operand(0));
      Expression sought = text(all.get(1), call.operand(1));
      Expression length = Types.call(ScalarFunction.LENGTH, ValueType.BIGINT, sought);
      return bool(ScalarFunction.EQUAL, Types.call(part, ValueType.VARCHAR, whole, length), sought);
    };
  }

  /** Behind the end there is an empty text, not none. */
  static Expression substring(SqlCall call, Typing typing) throws Mistake {
    Signature signature = Signature.of("SUBSTRING(text, place, place?) text");
    List<Expression> all = typing.all(call.getOperandList());
    Expression part = typing.apply(List.of(signature), all, call);
    return Types.call(
        ScalarFunction.CASE,
        ValueType.VARCHAR,
        bool(ScalarFunction.IS_NULL, all.get(0)),
        Expression.Constant.none(ValueType.VARCHAR),
        Types.call(ScalarFunction.COALESCE, ValueType.VARCHAR, part, Types.text("")));
  }

  static Expression toText(SqlCall call, Typing typing) throws Mistake {
    Expression given = one(call, typing);
    return switch (given.type()) {
      case VARCHAR -> given;
      case BIGINT -> Types.call(ScalarFunction.CAST, ValueType.VARCHAR, given);
      case BOOLEAN ->
          Types.call(
              ScalarFunction.CAST,
              ValueType.VARCHAR,
              Types.call(ScalarFunction.CAST, ValueType.BIGINT, given));
      case TIMESTAMP ->
          Types.call(
              ScalarFunction.TIME_FORMAT,
              ValueType.VARCHAR,
              given,
              Types.text("yyyy-MM-dd HH:mm:ss"),
              typing.types().zone());
      default -> throw new Mistake(call, "toString of " + given.type() + " is not supported.");
    };
  }

  /**
   * To a number.
   *
   * @param quiet whether what does not convert is null and no loss
   */
  static SpecialForms.Form toNumber(ValueType type, boolean quiet) {
    return (call, typing) -> {
      Expression given = one(call, typing);
      boolean castable = given.type().isNumber() || given.type() == ValueType.VARCHAR;
      if (!castable && !(given.type() == ValueType.BOOLEAN && type == ValueType.BIGINT)) {
        throw new Mistake(
            call, call.getOperator().getName() + " of " + given.type() + " is not supported.");
      }
      return given.type() == type
          ? given
          : Types.call(quiet ? ScalarFunction.TRY_CAST : ScalarFunction.CAST, type, given);
    };
  }

  /** Numbers are seconds; what is finer is cut off. */
  static Expression toTime(SqlCall call, Typing typing) throws Mistake {
    Expression given = one(call, typing);
    Expression time =
        switch (given.type()) {
          case TIMESTAMP -> given;
          case VARCHAR -> typing.types().timeParse(ScalarFunction.TIME_PARSE, given);
          case BIGINT ->
              Types.call(
                  ScalarFunction.CAST,
                  ValueType.TIMESTAMP,
                  Types.call(
                      ScalarFunction.MULTIPLY, ValueType.BIGINT, given, Types.whole(MILLIS)));
          default ->
              throw new Mistake(call, "toDateTime of " + given.type() + " is not supported.");
        };
    return bucket(time, "PT1S", typing);
  }

  private static Expression bucket(Expression time, String period, Typing typing) {
    return Types.call(
        ScalarFunction.TIME_FLOOR,
        ValueType.TIMESTAMP,
        time,
        Types.text(period),
        Expression.Constant.none(ValueType.TIMESTAMP),
        typing.types().zone());
  }

  private static Expression time(SqlCall call, Typing typing) throws Mistake {
    Expression given = one(call, typing);
    if (given.type() != ValueType.TIMESTAMP) {
      throw new Mistake(
          call, call.getOperator().getName() + " takes a DateTime, not " + given.type() + ".");
    }
    return given;
  }

  static SpecialForms.Form startOf(String period) {
    return (call, typing) -> bucket(time(call, typing), period, typing);
  }

  static SpecialForms.Form part(String part) {
    return (call, typing) ->
        Types.call(
            ScalarFunction.TIME_EXTRACT,
            ValueType.BIGINT,
            time(call, typing),
            Types.text(part),
            typing.types().zone());
  }

  /** Whole seconds since the epoch. */
  static Expression toUnixTimestamp(SqlCall call, Typing typing) throws Mistake {
    Expression seconds = bucket(time(call, typing), "PT1S", typing);
    return Types.call(
        ScalarFunction.DIVIDE,
        ValueType.BIGINT,
        Types.call(ScalarFunction.CAST, ValueType.BIGINT, seconds),
        Types.whole(MILLIS));
  }

  /** The same in every row and every attempt. */
  static Expression now(SqlCall call, Typing typing) throws Mistake {
    if (call.operandCount() > 0) {
      throw new Mistake(call, "now takes no arguments.");
    }
    return Constants.of("CURRENT_TIMESTAMP", typing.settings());
  }
}

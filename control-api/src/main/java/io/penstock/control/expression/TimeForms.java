package io.penstock.control.expression;

import io.penstock.spec.expression.CalendarPeriod;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.IsoTime;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.TimePart;
import io.penstock.spec.expression.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** What is said of times in words: units, intervals. */
final class TimeForms {
  private static final Map<String, String> PERIODS =
      Map.of(
          "SECOND", "PT1S",
          "MINUTE", "PT1M",
          "HOUR", "PT1H",
          "DAY", "P1D",
          "WEEK", "P1W",
          "MONTH", "P1M",
          "QUARTER", "P3M",
          "YEAR", "P1Y");

  private TimeForms() {}

  private static Expression time(Expression argument, SqlNode at) throws Mistake {
    if (!ParameterKind.TIME.accepts(argument)) {
      throw new Mistake(
          at,
          "Here stands a TIMESTAMP, not "
              + argument.type()
              + "."
              + Hints.forArgument(ParameterKind.TIME, argument.type()));
    }
    return Types.isUntypedNull(argument) ? Expression.Constant.none(ValueType.TIMESTAMP) : argument;
  }

  private static String period(String unit, SqlNode at) throws Mistake {
    String period = PERIODS.get(unit.toUpperCase(Locale.ROOT));
    if (period == null) {
      throw new Mistake(at, "Unit " + unit + " is not supported here.");
    }
    return period;
  }

  private static String unit(SqlNode node) throws Mistake {
    if (node instanceof SqlIntervalQualifier qualifier) {
      return qualifier.timeFrameName != null ? qualifier.timeFrameName : qualifier.getUnit().name();
    }
    throw new Mistake(node, "Here stands a unit of time.");
  }

  private static Expression bucket(
      ScalarFunction function, Expression time, String period, Types types) {
    return Types.call(
        function,
        ValueType.TIMESTAMP,
        time,
        Types.text(period),
        Expression.Constant.none(ValueType.TIMESTAMP),
        types.zone());
  }

  /** {@code FLOOR(ts TO HOUR)}, or an ordinary function of one argument. */
  static SpecialForms.Form rounding(ScalarFunction function) {
    return (call, typing) -> {
      if (call.operandCount() < 2) {
        Signature signature =
            Signature.of(
                function == ScalarFunction.TIME_FLOOR ? ScalarFunction.FLOOR : ScalarFunction.CEIL,
                call.getOperator().getName().toUpperCase(Locale.ROOT) + "(number) same");
        return typing.apply(List.of(signature), typing.all(call.getOperandList()), call);
      }
      Expression time = time(typing.of(call.operand(0)), call.operand(0));
      SqlNode unit = call.operand(1);
      return bucket(function, time, period(unit(unit), unit), typing.types());
    };
  }

  static Expression extract(SqlCall call, Typing typing) throws Mistake {
    String unit = unit(call.operand(0));
    return extract(unit, call.operand(0), typing.of(call.operand(1)), call.operand(1), typing);
  }

  private static Expression extract(
      String unit, SqlNode at, Expression argument, SqlNode timeAt, Typing typing) throws Mistake {
    TimePart part =
        TimePart.find(unit)
            .orElseThrow(() -> new Mistake(at, "Unit " + unit + " is not supported here."));
    return Types.call(
        ScalarFunction.TIME_EXTRACT,
        ValueType.BIGINT,
        time(argument, timeAt),
        Types.text(part.name()),
        typing.types().zone());
  }

  /** {@code TIME_EXTRACT(ts, 'HOUR', zone)}. */
  static Expression timeExtract(SqlCall call, Typing typing) throws Mistake {
    Signature signature = Signature.of("TIME_EXTRACT(time, time_part, zone?) whole");
    Expression.Call made =
        (Expression.Call) typing.apply(List.of(signature), typing.all(call.getOperandList()), call);
    Expression.Constant unit = (Expression.Constant) made.arguments().get(1);
    return Types.call(
        ScalarFunction.TIME_EXTRACT,
        ValueType.BIGINT,
        made.arguments().get(0),
        Types.text(unit.value().orElseThrow().toUpperCase(Locale.ROOT)),
        made.arguments().get(2));
  }

  static Expression dateTrunc(SqlCall call, Typing typing) throws Mistake {
    List<Expression> arguments = SpecialForms.arguments(call, typing, 2, 2);
    if (!(arguments.get(0) instanceof Expression.Constant unit) || unit.value().isEmpty()) {
      throw new Mistake(call.operand(0), "The unit of DATE_TRUNC must be a literal.");
    }
    return bucket(
        ScalarFunction.TIME_FLOOR,
        time(arguments.get(1), call.operand(1)),
        period(unit.value().get(), call.operand(0)),
        typing.types());
  }

  static Expression add(SqlCall call, Typing typing) throws Mistake {
    Expression steps = typing.of(call.operand(1));
    if (!ParameterKind.WHOLE.accepts(steps)) {
      throw new Mistake(call.operand(1), "TIMESTAMPADD takes BIGINT, not " + steps.type() + ".");
    }
    return shift(
        time(typing.of(call.operand(2)), call.operand(2)),
        period(unit(call.operand(0)), call.operand(0)),
        typing.types().cast(steps, ValueType.BIGINT, call),
        typing.types());
  }

  private static Expression shift(Expression time, String period, Expression steps, Types types) {
    return Types.call(
        ScalarFunction.TIME_SHIFT,
        ValueType.TIMESTAMP,
        time,
        Types.text(period),
        steps,
        types.zone());
  }

  static Expression difference(SqlCall call, Typing typing) throws Mistake {
    return Types.call(
        ScalarFunction.TIME_DIFF,
        ValueType.BIGINT,
        time(typing.of(call.operand(1)), call.operand(1)),
        time(typing.of(call.operand(2)), call.operand(2)),
        Types.text(period(unit(call.operand(0)), call.operand(0))),
        typing.types().zone());
  }

  /** {@code ts + INTERVAL '1' DAY}; {@code sign} is -1 for a minus. */
  static Expression interval(SqlNode timeNode, SqlLiteral literal, int sign, Typing typing)
      throws Mistake {
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    SqlIntervalQualifier qualifier = value.getIntervalQualifier();
    if (!qualifier.isSingleDatetimeField()) {
      throw new Mistake(literal, "An INTERVAL has one unit.");
    }
    String period = period(qualifier.getUnit().name(), literal);
    try {
      long count = Long.parseLong(value.getIntervalLiteral().strip());
      return shift(
          time(typing.of(timeNode), timeNode),
          period,
          Types.whole(Math.multiplyExact(count, (long) sign * value.getSign())),
          typing.types());
    } catch (NumberFormatException | ArithmeticException e) {
      throw new Mistake(literal, "An INTERVAL is a whole number of its unit.");
    }
  }

  /** {@code TIME_IN_INTERVAL(ts, 'start/end')}; either end may be a period. */
  static Expression inInterval(SqlCall call, Typing typing) throws Mistake {
    List<Expression> arguments = SpecialForms.arguments(call, typing, 2, 2);
    SqlNode at = call.operand(1);
    if (!(arguments.get(1) instanceof Expression.Constant constant) || constant.value().isEmpty()) {
      throw new Mistake(at, "The interval must be a literal.");
    }
    Expression time = time(arguments.get(0), call.operand(0));
    String[] ends = constant.value().get().split("/", -1);
    if (ends.length != 2) {
      throw new Mistake(at, "An interval is start/end, start/period or period/end.");
    }
    long start =
        ends[0].startsWith("P")
            ? shifted(ends[1], ends[0], -1, typing, at)
            : instant(ends[0], typing, at);
    long end =
        ends[1].startsWith("P")
            ? shifted(ends[0], ends[1], 1, typing, at)
            : instant(ends[1], typing, at);
    if (end <= start) {
      throw new Mistake(at, "An interval must not be empty.");
    }
    return Types.call(
        ScalarFunction.AND,
        ValueType.BOOLEAN,
        Types.call(ScalarFunction.GREATER_OR_EQUAL, ValueType.BOOLEAN, time, Types.time(start)),
        Types.call(ScalarFunction.LESS, ValueType.BOOLEAN, time, Types.time(end)));
  }

  private static long instant(String text, Typing typing, SqlNode at) throws Mistake {
    return new IsoTime(typing.settings().zone())
        .micros(text)
        .orElseThrow(() -> new Mistake(at, "'" + text + "' is no time of ISO 8601."));
  }

  private static long shifted(String text, String period, int steps, Typing typing, SqlNode at)
      throws Mistake {
    try {
      return CalendarPeriod.parse(period)
          .shift(instant(text, typing, at), steps, typing.settings().zone());
    } catch (IllegalArgumentException e) {
      throw new Mistake(at, e.getMessage() + ".");
    }
  }
}

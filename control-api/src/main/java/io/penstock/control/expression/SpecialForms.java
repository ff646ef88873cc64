package io.penstock.control.expression;

import static java.util.Map.entry;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;

/** Calls whose arguments are not simply typed and put into places. */
final class SpecialForms {
  private static final Map<SqlKind, Form> BY_KIND =
      Map.ofEntries(
          entry(SqlKind.AND, Conditions.of(ScalarFunction.AND)),
          entry(SqlKind.OR, Conditions.of(ScalarFunction.OR)),
          entry(SqlKind.NOT, Conditions.of(ScalarFunction.NOT)),
          entry(SqlKind.IS_TRUE, Conditions.of(ScalarFunction.IS_TRUE)),
          entry(SqlKind.IS_NOT_TRUE, Conditions.of(ScalarFunction.IS_NOT_TRUE)),
          entry(SqlKind.IS_FALSE, Conditions.of(ScalarFunction.IS_FALSE)),
          entry(SqlKind.IS_NOT_FALSE, Conditions.of(ScalarFunction.IS_NOT_FALSE)),
          entry(SqlKind.IS_NULL, Conditions.nullTest(ScalarFunction.IS_NULL)),
          entry(SqlKind.IS_NOT_NULL, Conditions.nullTest(ScalarFunction.IS_NOT_NULL)),
          entry(SqlKind.EQUALS, Conditions.comparison(ScalarFunction.EQUAL)),
          entry(SqlKind.NOT_EQUALS, Conditions.comparison(ScalarFunction.NOT_EQUAL)),
          entry(SqlKind.LESS_THAN, Conditions.comparison(ScalarFunction.LESS)),
          entry(SqlKind.LESS_THAN_OR_EQUAL, Conditions.comparison(ScalarFunction.LESS_OR_EQUAL)),
          entry(SqlKind.GREATER_THAN, Conditions.comparison(ScalarFunction.GREATER)),
          entry(
              SqlKind.GREATER_THAN_OR_EQUAL,
              Conditions.comparison(ScalarFunction.GREATER_OR_EQUAL)),
          entry(SqlKind.IS_DISTINCT_FROM, Conditions.comparison(ScalarFunction.IS_DISTINCT)),
          entry(
              SqlKind.IS_NOT_DISTINCT_FROM, Conditions.comparison(ScalarFunction.IS_NOT_DISTINCT)),
          entry(SqlKind.IN, Conditions::in),
          entry(SqlKind.NOT_IN, Conditions::in),
          entry(SqlKind.BETWEEN, Conditions::between),
          entry(SqlKind.LIKE, Conditions::like),
          entry(SqlKind.CASE, Alternatives::caseOf),
          entry(SqlKind.CAST, Casts::cast),
          entry(SqlKind.SAFE_CAST, Casts::tryCast),
          entry(SqlKind.FLOOR, TimeForms.rounding(ScalarFunction.TIME_FLOOR)),
          entry(SqlKind.CEIL, TimeForms.rounding(ScalarFunction.TIME_CEIL)),
          entry(SqlKind.EXTRACT, TimeForms::extract),
          entry(SqlKind.TIMESTAMP_ADD, TimeForms::add),
          entry(SqlKind.TIMESTAMP_DIFF, TimeForms::difference),
          entry(SqlKind.TRIM, TextForms::trim),
          entry(SqlKind.POSITION, TextForms::position),
          entry(SqlKind.ARRAY_VALUE_CONSTRUCTOR, ArrayForms::array),
          entry(SqlKind.PLUS, Arithmetic.of(ScalarFunction.ADD)),
          entry(SqlKind.MINUS, Arithmetic.of(ScalarFunction.SUBTRACT)),
          entry(SqlKind.TIMES, Arithmetic.of(ScalarFunction.MULTIPLY)),
          entry(SqlKind.DIVIDE, Arithmetic.of(ScalarFunction.DIVIDE)),
          entry(SqlKind.MINUS_PREFIX, Arithmetic::negation),
          entry(SqlKind.PLUS_PREFIX, Arithmetic::plusSign));
  private static final Map<String, Form> BY_NAME =
      Map.ofEntries(
          entry("||", TextForms::concat),
          entry("STRING_FORMAT", TextForms::format),
          entry("TIME_EXTRACT", TimeForms::timeExtract),
          entry("DATE_TRUNC", TimeForms::dateTrunc),
          entry("TIME_IN_INTERVAL", TimeForms::inInterval),
          entry("JSON_VALUE", JsonForms::value),
          entry("JSON_QUERY", JsonForms::query),
          entry("JSON_OBJECT", JsonForms::object),
          entry("ARRAY_OFFSET", ArrayForms.place(ScalarFunction.ARRAY_OFFSET)),
          entry("ARRAY_ORDINAL", ArrayForms.place(ScalarFunction.ARRAY_ORDINAL)),
          entry("ARRAY_CONTAINS", ArrayForms.pair(ScalarFunction.ARRAY_CONTAINS, true, true, true)),
          entry("ARRAY_OVERLAP", ArrayForms.pair(ScalarFunction.ARRAY_OVERLAP, false, true, true)),
          entry("ARRAY_CONCAT", ArrayForms.pair(ScalarFunction.ARRAY_CONCAT, false, true, false)),
          entry("ARRAY_APPEND", ArrayForms.pair(ScalarFunction.ARRAY_APPEND, true, false, false)),
          entry("ARRAY_PREPEND", ArrayForms.pair(ScalarFunction.ARRAY_PREPEND, true, false, false)),
          entry("COALESCE", Alternatives::coalesce),
          entry("NVL", Alternatives::coalesce),
          entry("NULLIF", Alternatives::nullIf),
          entry("GREATEST", Alternatives.extreme(ScalarFunction.GREATEST)),
          entry("LEAST", Alternatives.extreme(ScalarFunction.LEAST)));

  private SpecialForms() {}

  /** A way to type a call. */
  interface Form {
    Expression type(SqlCall call, Typing typing) throws Mistake;
  }

  /** Of functions that are none of a catalogue's. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(BY_NAME.keySet());
    names.remove("||");
    return names;
  }

  static Optional<Form> of(SqlCall call) {
    Form byKind = BY_KIND.get(call.getKind());
    return byKind != null
        ? Optional.of(byKind)
        : Optional.ofNullable(BY_NAME.get(call.getOperator().getName().toUpperCase(Locale.ROOT)));
  }

  /** The arguments, which must be so many. */
  static List<Expression> arguments(SqlCall call, Typing typing, int least, int most)
      throws Mistake {
    List<Expression> arguments = typing.all(call.getOperandList());
    if (arguments.size() < least || arguments.size() > most) {
      String counts =
          least == most
              ? Integer.toString(least)
              : most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
      throw new Mistake(
          call,
          call.getOperator().getName()
              + " takes "
              + counts
              + " arguments, not "
              + arguments.size()
              + ".");
    }
    return arguments;
  }
}

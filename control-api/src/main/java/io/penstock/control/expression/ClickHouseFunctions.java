package io.penstock.control.expression;

import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.TimePart;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions of ClickHouse SQL that there are. Text is counted in characters, not in bytes. */
final class ClickHouseFunctions {
  private static final Map<ScalarFunction, List<String>> NAMES =
      Map.ofEntries(
          Map.entry(ScalarFunction.LOWER, List.of("LOWER(text) text", "LOWERUTF8(text) text")),
          Map.entry(ScalarFunction.UPPER, List.of("UPPER(text) text", "UPPERUTF8(text) text")),
          Map.entry(ScalarFunction.LENGTH, List.of("LENGTH(text) whole", "LENGTHUTF8(text) whole")),
          Map.entry(
              ScalarFunction.REVERSE, List.of("REVERSE(text) text", "REVERSEUTF8(text) text")),
          Map.entry(ScalarFunction.CONCAT, List.of("CONCAT(textual*) text")),
          Map.entry(
              ScalarFunction.REPLACE,
              List.of("REPLACE(text, text, text) text", "REPLACEALL(text, text, text) text")),
          Map.entry(ScalarFunction.REGEXP_LIKE, List.of("MATCH(text, regex) bool")),
          Map.entry(ScalarFunction.BTRIM, List.of("TRIM(text) text", "TRIMBOTH(text) text")),
          Map.entry(ScalarFunction.LTRIM, List.of("LTRIM(text) text", "TRIMLEFT(text) text")),
          Map.entry(ScalarFunction.RTRIM, List.of("RTRIM(text) text", "TRIMRIGHT(text) text")),
          Map.entry(ScalarFunction.LEFT, List.of("LEFT(text, count) text")),
          Map.entry(ScalarFunction.RIGHT, List.of("RIGHT(text, count) text")),
          Map.entry(
              ScalarFunction.STRPOS,
              List.of("POSITION(text, text) whole", "POSITIONUTF8(text, text) whole")),
          Map.entry(ScalarFunction.DECODE_BASE64_UTF8, List.of("BASE64DECODE(text) text")),
          Map.entry(ScalarFunction.ABS, List.of("ABS(number) same")),
          Map.entry(ScalarFunction.CEIL, List.of("CEIL(number) same", "CEILING(number) same")),
          Map.entry(ScalarFunction.FLOOR, List.of("FLOOR(number) same")),
          Map.entry(ScalarFunction.TRUNCATE, List.of("TRUNC(number) same")),
          Map.entry(ScalarFunction.ADD, List.of("PLUS(number, number) same")),
          Map.entry(ScalarFunction.SUBTRACT, List.of("MINUS(number, number) same")),
          Map.entry(ScalarFunction.MULTIPLY, List.of("MULTIPLY(number, number) same")),
          Map.entry(ScalarFunction.NEGATE, List.of("NEGATE(number) same")),
          Map.entry(ScalarFunction.DIVIDE, List.of("INTDIV(whole, whole) whole")),
          Map.entry(ScalarFunction.MOD, List.of("MODULO(whole, whole) whole")),
          Map.entry(ScalarFunction.SQRT, List.of("SQRT(double) double")),
          Map.entry(ScalarFunction.EXP, List.of("EXP(double) double")),
          Map.entry(ScalarFunction.LN, List.of("LN(double) double", "LOG(double) double")),
          Map.entry(ScalarFunction.LOG10, List.of("LOG10(double) double")),
          Map.entry(
              ScalarFunction.POWER,
              List.of("POW(double, double) double", "POWER(double, double) double")),
          Map.entry(ScalarFunction.BITWISE_AND, List.of("BITAND(whole, whole) whole")),
          Map.entry(ScalarFunction.BITWISE_OR, List.of("BITOR(whole, whole) whole")),
          Map.entry(ScalarFunction.BITWISE_XOR, List.of("BITXOR(whole, whole) whole")),
          Map.entry(ScalarFunction.IPV4_PARSE, List.of("IPV4STRINGTONUM(address) whole")),
          Map.entry(ScalarFunction.IPV4_STRINGIFY, List.of("IPV4NUMTOSTRING(address) text")));

  private ClickHouseFunctions() {}

  static FunctionCatalogue catalogue() {
    List<Signature> all = new ArrayList<>();
    NAMES.forEach((function, names) -> names.forEach(n -> all.add(Signature.of(function, n))));
    return new FunctionCatalogue(all, forms());
  }

  private static Map<String, SpecialForms.Form> forms() {
    Map<String, SpecialForms.Form> forms = new HashMap<>();
    forms.put("/", ClickHouseForms::divide);
    forms.put("DIVIDE", ClickHouseForms::divide);
    forms.put("%", ClickHouseForms::modulo);
    forms.put("IF", ClickHouseForms::conditions);
    forms.put("MULTIIF", ClickHouseForms::conditions);
    forms.put("IFNULL", Alternatives::coalesce);
    forms.put("COALESCE", Alternatives::coalesce);
    forms.put("NULLIF", Alternatives::nullIf);
    forms.put("GREATEST", Alternatives.extreme(ScalarFunction.GREATEST));
    forms.put("LEAST", Alternatives.extreme(ScalarFunction.LEAST));
    forms.put("ISNULL", ClickHouseForms.test(ScalarFunction.IS_NULL));
    forms.put("ISNOTNULL", ClickHouseForms.test(ScalarFunction.IS_NOT_NULL));
    forms.put("EMPTY", ClickHouseForms.empty(ScalarFunction.EQUAL));
    forms.put("NOTEMPTY", ClickHouseForms.empty(ScalarFunction.NOT_EQUAL));
    forms.put("STARTSWITH", ClickHouseForms.end(ScalarFunction.LEFT));
    forms.put("ENDSWITH", ClickHouseForms.end(ScalarFunction.RIGHT));
    for (String name : List.of("SUBSTRING", "SUBSTR", "MID", "SUBSTRINGUTF8")) {
      forms.put(name, ClickHouseForms::substring);
    }
    addConversions(forms);
    addTimes(forms);
    return forms;
  }

  private static void addConversions(Map<String, SpecialForms.Form> forms) {
    forms.put("TOSTRING", ClickHouseForms::toText);
    for (String bits : List.of("8", "16", "32", "64")) {
      for (String name : List.of("TOINT" + bits, "TOUINT" + bits)) {
        forms.put(name, ClickHouseForms.toNumber(ValueType.BIGINT, false));
        forms.put(name + "ORNULL", ClickHouseForms.toNumber(ValueType.BIGINT, true));
      }
    }
    forms.put("TOFLOAT64", ClickHouseForms.toNumber(ValueType.DOUBLE, false));
    forms.put("TOFLOAT64ORNULL", ClickHouseForms.toNumber(ValueType.DOUBLE, true));
    forms.put("TODATETIME", ClickHouseForms::toTime);
    forms.put("TOUNIXTIMESTAMP", ClickHouseForms::toUnixTimestamp);
    forms.put("NOW", ClickHouseForms::now);
  }

  private static void addTimes(Map<String, SpecialForms.Form> forms) {
    forms.put("TOSTARTOFSECOND", ClickHouseForms.startOf("PT1S"));
    forms.put("TOSTARTOFMINUTE", ClickHouseForms.startOf("PT1M"));
    forms.put("TOSTARTOFFIVEMINUTES", ClickHouseForms.startOf("PT5M"));
    forms.put("TOSTARTOFFIVEMINUTE", ClickHouseForms.startOf("PT5M"));
    forms.put("TOSTARTOFTENMINUTES", ClickHouseForms.startOf("PT10M"));
    forms.put("TOSTARTOFFIFTEENMINUTES", ClickHouseForms.startOf("PT15M"));
    forms.put("TOSTARTOFHOUR", ClickHouseForms.startOf("PT1H"));
    forms.put("TOSTARTOFDAY", ClickHouseForms.startOf("P1D"));
    forms.put("TOMONDAY", ClickHouseForms.startOf("P1W"));
    forms.put("TOSTARTOFMONTH", ClickHouseForms.startOf("P1M"));
    forms.put("TOSTARTOFQUARTER", ClickHouseForms.startOf("P3M"));
    forms.put("TOSTARTOFYEAR", ClickHouseForms.startOf("P1Y"));
    forms.put("TOYEAR", ClickHouseForms.part(TimePart.YEAR.name()));
    forms.put("TOMONTH", ClickHouseForms.part(TimePart.MONTH.name()));
    forms.put("TODAYOFMONTH", ClickHouseForms.part(TimePart.DAY.name()));
    forms.put("TOHOUR", ClickHouseForms.part(TimePart.HOUR.name()));
    forms.put("TOMINUTE", ClickHouseForms.part(TimePart.MINUTE.name()));
    forms.put("TOSECOND", ClickHouseForms.part(TimePart.SECOND.name()));
  }
}

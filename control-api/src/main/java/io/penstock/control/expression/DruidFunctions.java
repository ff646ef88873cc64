package io.penstock.control.expression;

import io.penstock.spec.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;

/** The scalar functions of Druid SQL that are written as {@code NAME(…)}. */
final class DruidFunctions {
  private static final List<String> SAME_NAME =
      List.of(
          "ABS(number) same",
          "CEIL(number) same",
          "FLOOR(number) same",
          "ROUND(number, whole?) same",
          "TRUNCATE(number, whole?) same",
          "MOD(number, number) same",
          "SAFE_DIVIDE(number, number) same",
          "SQRT(double) double",
          "EXP(double) double",
          "LN(double) double",
          "LOG10(double) double",
          "POWER(double, double) double",
          "SIN(double) double",
          "COS(double) double",
          "TAN(double) double",
          "COT(double) double",
          "ASIN(double) double",
          "ACOS(double) double",
          "ATAN(double) double",
          "ATAN2(double, double) double",
          "DEGREES(double) double",
          "RADIANS(double) double",
          "BITWISE_AND(whole, whole) whole",
          "BITWISE_OR(whole, whole) whole",
          "BITWISE_XOR(whole, whole) whole",
          "BITWISE_COMPLEMENT(whole) whole",
          "BITWISE_SHIFT_LEFT(whole, whole) whole",
          "BITWISE_SHIFT_RIGHT(whole, whole) whole",
          "PARSE_LONG(text, whole?) whole",
          "TIME_PARSE(text, time_pattern?, zone?) time",
          "TIME_FLOOR(time, period, origin?, zone?) time",
          "TIME_CEIL(time, period, origin?, zone?) time",
          "TIME_SHIFT(time, period, whole, zone?) time",
          "TIME_FORMAT(time, time_pattern?, zone?) text",
          "CONCAT(textual*) text",
          "LENGTH(text) whole",
          "LOWER(text) text",
          "UPPER(text) text",
          "REVERSE(text) text",
          "REPEAT(text, whole) text",
          "SUBSTRING(text, place, place?) text",
          "LEFT(text, count) text",
          "RIGHT(text, count) text",
          "LPAD(text, count, text?) text",
          "RPAD(text, count, text?) text",
          "BTRIM(text, text?) text",
          "LTRIM(text, text?) text",
          "RTRIM(text, text?) text",
          "STRPOS(text, text) whole",
          "REPLACE(text, text, text) text",
          "CONTAINS_STRING(text, text) bool",
          "ICONTAINS_STRING(text, text) bool",
          "REGEXP_LIKE(text, regex) bool",
          "REGEXP_EXTRACT(text, regex, literal_count?) text",
          "REGEXP_REPLACE(text, regex, literal_text) text",
          "DECODE_BASE64_UTF8(text) text",
          "JSON_KEYS(json, path) texts",
          "JSON_PATHS(json) texts",
          "TO_JSON_STRING(any) text",
          "PARSE_JSON(text) json",
          "TRY_PARSE_JSON(text) json",
          "IPV4_PARSE(address) whole",
          "IPV4_STRINGIFY(address) text",
          "IPV4_MATCH(address, block) bool",
          "IPV6_MATCH(text, block) bool",
          "STRING_TO_ARRAY(text, text) texts",
          "ARRAY_TO_STRING(array, text) text",
          "ARRAY_LENGTH(array) whole",
          "ARRAY_SLICE(array, whole, whole?) same");

  private static final Set<String> LATER =
      Set.of(
          "ARRAY_OFFSET_OF",
          "ARRAY_ORDINAL_OF",
          "HUMAN_READABLE_BINARY_BYTE_FORMAT",
          "HUMAN_READABLE_DECIMAL_BYTE_FORMAT",
          "HUMAN_READABLE_DECIMAL_FORMAT",
          "JSON_MERGE",
          "JSON_QUERY_ARRAY");

  private DruidFunctions() {}

  private static Optional<Mistake> refusal(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (Aggregates.isOne(name)) {
      return Optional.of(
          new Mistake(call, name + " must be the outermost call of a mapping, if anything."));
    }
    return LATER.contains(name) || name.startsWith("MV_")
        ? Optional.of(Mistake.later(call, name + " is not supported."))
        : Optional.empty();
  }

  static FunctionCatalogue catalogue() {
    List<Signature> all = new ArrayList<>();
    SAME_NAME.forEach(written -> all.add(Signature.of(written)));
    all.add(Signature.of(ScalarFunction.CEIL, "CEILING(number) same"));
    all.add(Signature.of(ScalarFunction.TRUNCATE, "TRUNC(number, whole?) same"));
    all.add(Signature.of(ScalarFunction.DIVIDE, "DIV(whole, whole) whole"));
    all.add(Signature.of(ScalarFunction.CAST, "MILLIS_TO_TIMESTAMP(whole) time"));
    all.add(Signature.of(ScalarFunction.CAST, "TIMESTAMP_TO_MILLIS(time) whole"));
    for (String name : List.of("CHAR_LENGTH", "CHARACTER_LENGTH", "STRLEN")) {
      all.add(Signature.of(ScalarFunction.LENGTH, name + "(text) whole"));
    }
    all.add(Signature.of(ScalarFunction.CONCAT, "TEXTCAT(textual, textual) text"));
    all.add(Signature.of(ScalarFunction.SUBSTRING, "SUBSTR(text, place, place?) text"));
    return new FunctionCatalogue(all, DruidFunctions::refusal);
  }
}

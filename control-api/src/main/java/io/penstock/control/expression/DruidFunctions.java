package io.penstock.control.expression;

import io.penstock.spec.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.List;

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
          "PARSE_LONG(text, whole?) whole");

  private DruidFunctions() {}

  static FunctionCatalogue catalogue() {
    List<Signature> all = new ArrayList<>();
    SAME_NAME.forEach(written -> all.add(Signature.of(written)));
    all.add(Signature.of(ScalarFunction.CEIL, "CEILING(number) same"));
    all.add(Signature.of(ScalarFunction.TRUNCATE, "TRUNC(number, whole?) same"));
    all.add(Signature.of(ScalarFunction.DIVIDE, "DIV(whole, whole) whole"));
    return new FunctionCatalogue(all);
  }
}

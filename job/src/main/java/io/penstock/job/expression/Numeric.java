package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers. */
final class Numeric {
  private static final int MAX_DIGITS = 400;

  private Numeric() {}

  /** A function of whole numbers that may have no result. */
  private interface Whole {
    long of(long a, long b);
  }

  static RowFunction of(ScalarFunction function, boolean whole) {
    return switch (function) {
      case ADD -> whole ? exact("+", Math::addExact) : doubles((a, b) -> a + b);
      case SUBTRACT -> whole ? exact("-", Math::subtractExact) : doubles((a, b) -> a - b);
      case MULTIPLY -> whole ? exact("*", Math::multiplyExact) : doubles((a, b) -> a * b);
      case DIVIDE, SAFE_DIVIDE -> whole ? exact("/", Numeric::divide) : doubles((a, b) -> a / b);
      case MOD -> whole ? exact("MOD", Numeric::remainder) : doubles((a, b) -> a % b);
      case NEGATE -> whole ? exactOne("-", Math::negateExact) : unary(a -> -a);
      case ABS -> whole ? exactOne("ABS", Math::absExact) : unary(Math::abs);
      case CEIL -> whole ? exactOne("CEIL", a -> a) : unary(Math::ceil);
      case FLOOR -> whole ? exactOne("FLOOR", a -> a) : unary(Math::floor);
      case ROUND -> rounded(whole, RoundingMode.HALF_UP);
      case TRUNCATE -> rounded(whole, RoundingMode.DOWN);
      case SQRT -> unary(Math::sqrt);
      case EXP -> unary(StrictMath::exp);
      case LN -> unary(StrictMath::log);
      case LOG10 -> unary(StrictMath::log10);
      case POWER -> doubles(StrictMath::pow);
      case SIN -> unary(StrictMath::sin);
      case COS -> unary(StrictMath::cos);
      case TAN -> unary(StrictMath::tan);
      case COT -> unary(a -> StrictMath.cos(a) / StrictMath.sin(a));
      case ASIN -> unary(StrictMath::asin);
      case ACOS -> unary(StrictMath::acos);
      case ATAN -> unary(StrictMath::atan);
      case ATAN2 -> doubles(StrictMath::atan2);
      case DEGREES -> unary(StrictMath::toDegrees);
      case RADIANS -> unary(StrictMath::toRadians);
      case BITWISE_AND -> exact("", (a, b) -> a & b);
      case BITWISE_OR -> exact("", (a, b) -> a | b);
      case BITWISE_XOR -> exact("", (a, b) -> a ^ b);
      case BITWISE_COMPLEMENT -> exactOne("", a -> ~a);
      case BITWISE_SHIFT_LEFT -> exact("", (a, b) -> a << b);
      case BITWISE_SHIFT_RIGHT -> exact("", (a, b) -> a >> b);
      case PARSE_LONG -> Numeric::parseLong;
      default -> throw new IllegalArgumentException("not of numbers: " + function);
    };
  }

  private static long divide(long a, long b) {
    if (a == Long.MIN_VALUE && b == -1) {
      throw new ArithmeticException("overflow");
    }
    return a / b;
  }

  private static long remainder(long a, long b) {
    return a % b;
  }

  private static RowFunction exact(String name, Whole operator) {
    return (a, row, result, losses) -> {
      long left = a[0].longAt(row);
      long right = a[1].longAt(row);
      try {
        result.setLong(row, operator.of(left, right));
      } catch (ArithmeticException e) {
        String why = right == 0 ? "division by zero" : "overflow of BIGINT";
        losses.add(row, Loss.ERROR, why + ": " + left + " " + name + " " + right);
      }
    };
  }

  private static RowFunction exactOne(String name, java.util.function.LongUnaryOperator operator) {
    return (a, row, result, losses) -> {
      try {
        result.setLong(row, operator.applyAsLong(a[0].longAt(row)));
      } catch (ArithmeticException e) {
        losses.add(row, Loss.ERROR, "overflow of BIGINT: " + name + " " + a[0].longAt(row));
      }
    };
  }

  private static RowFunction doubles(DoubleBinaryOperator operator) {
    return (a, row, result, losses) ->
        result.setDouble(row, operator.applyAsDouble(a[0].doubleAt(row), a[1].doubleAt(row)));
  }

  private static RowFunction unary(DoubleUnaryOperator operator) {
    return (a, row, result, losses) ->
        result.setDouble(row, operator.applyAsDouble(a[0].doubleAt(row)));
  }

  private static RowFunction rounded(boolean whole, RoundingMode mode) {
    return (a, row, result, losses) -> {
      long digits = a.length > 1 ? a[1].longAt(row) : 0;
      if (whole) {
        roundWhole(a[0].longAt(row), digits, mode, row, result, losses);
      } else {
        result.setDouble(row, round(a[0].doubleAt(row), digits, mode));
      }
    };
  }

  private static void roundWhole(
      long value, long digits, RoundingMode mode, int row, ColumnVector result, Losses losses) {
    if (digits >= 0) {
      result.setLong(row, value);
      return;
    }
    int scale = (int) Math.max(digits, -MAX_DIGITS);
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(scale, mode);
    try {
      result.setLong(row, rounded.longValueExact());
    } catch (ArithmeticException e) {
      losses.add(row, Loss.ERROR, "overflow of BIGINT: rounding " + value);
    }
  }

  /** Of the decimal digits that the double is written with. */
  private static double round(double value, long digits, RoundingMode mode) {
    if (Double.isNaN(value) || Double.isInfinite(value) || digits > MAX_DIGITS) {
      return value;
    }
    int scale = (int) Math.max(digits, -MAX_DIGITS);
    return BigDecimal.valueOf(value).setScale(scale, mode).doubleValue();
  }

  private static void parseLong(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    long radix = a.length > 1 ? a[1].longAt(row) : 10;
    if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
      losses.add(row, Loss.ERROR, "radix must be 2 to 36 but was " + radix);
      return;
    }
    String text = Values.text(a[0], row);
    try {
      result.setLong(row, Long.parseLong(text, (int) radix));
    } catch (NumberFormatException e) {
      Conversions.lost(row, text, "BIGINT", losses);
    }
  }
}

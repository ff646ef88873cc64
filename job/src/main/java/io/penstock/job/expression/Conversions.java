package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** CAST, from each type to each. */
final class Conversions {
  /** Of the years 1 to 9999, in microseconds. */
  static final long FIRST_TIME = -62_135_596_800_000_000L;

  static final long LAST_TIME = 253_402_300_799_999_999L;

  private static final int SHOWN = 64;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private Conversions() {}

  static RowFunction of(ValueType from, ValueType to) {
    return switch (to) {
      case VARCHAR -> toText(from);
      case BIGINT -> toWhole(from);
      case DOUBLE -> toDouble(from);
      case FLOAT -> {
        RowFunction toDouble = toDouble(from);
        yield (a, row, result, losses) -> {
          toDouble.apply(a, row, result, losses);
          if (!result.isNull(row)) {
            result.setDouble(row, (float) result.doubleAt(row));
          }
        };
      }
      case BOOLEAN -> toBoolean(from);
      case TIMESTAMP -> Conversions::millisToTime;
      case JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          throw new IllegalArgumentException("cannot convert " + from + " to " + to);
    };
  }

  private static RowFunction toText(ValueType from) {
    return switch (from) {
      case BIGINT, BOOLEAN ->
          (a, row, result, losses) -> Values.set(result, row, Long.toString(a[0].longAt(row)));
      case DOUBLE ->
          (a, row, result, losses) -> Values.set(result, row, Double.toString(a[0].doubleAt(row)));
      case FLOAT ->
          (a, row, result, losses) ->
              Values.set(result, row, Float.toString((float) a[0].doubleAt(row)));
      case TIMESTAMP ->
          (a, row, result, losses) -> Values.set(result, row, written(a[0].longAt(row)));
      case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          (a, row, result, losses) ->
              result.setText(row, a[0].text(), a[0].textStart(row), a[0].textLength(row));
    };
  }

  private static String written(long micros) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    if (micros % 1_000_000 == 0) {
      return SECONDS.format(instant);
    }
    return (micros % 1_000 == 0 ? MILLIS : MICROS).format(instant);
  }

  private static RowFunction toWhole(ValueType from) {
    return switch (from) {
      case BOOLEAN, BIGINT -> (a, row, result, losses) -> result.setLong(row, a[0].longAt(row));
      case TIMESTAMP ->
          (a, row, result, losses) -> result.setLong(row, Math.floorDiv(a[0].longAt(row), 1_000));
      case DOUBLE, FLOAT -> Conversions::doubleToWhole;
      case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          Conversions::textToWhole;
    };
  }

  private static void doubleToWhole(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    double value = a[0].doubleAt(row);
    // The largest long is not a double; its successor is.
    if (value >= -0x1p63 && value < 0x1p63) {
      result.setLong(row, (long) value);
    } else {
      lost(row, Double.toString(value), "BIGINT", losses);
    }
  }

  private static void textToWhole(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    byte[] bytes = a[0].text();
    int from = a[0].textStart(row);
    int length = a[0].textLength(row);
    if (NumberText.isShortWhole(bytes, from, length)) {
      result.setLong(row, NumberText.shortWhole(bytes, from, length));
      return;
    }
    String text = Values.text(a[0], row);
    Optional<Long> whole = NumberText.decimal(text).flatMap(NumberText::whole);
    if (whole.isPresent()) {
      result.setLong(row, whole.get());
    } else {
      lost(row, text, "BIGINT", losses);
    }
  }

  private static RowFunction toDouble(ValueType from) {
    return switch (from) {
      case BOOLEAN, BIGINT, TIMESTAMP ->
          (a, row, result, losses) -> result.setDouble(row, (double) a[0].longAt(row));
      case DOUBLE, FLOAT -> (a, row, result, losses) -> result.setDouble(row, a[0].doubleAt(row));
      case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          Conversions::textToDouble;
    };
  }

  private static void textToDouble(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    String text = Values.text(a[0], row);
    Optional<Double> value = NumberText.floating(text);
    if (value.isPresent()) {
      result.setDouble(row, value.get());
    } else {
      lost(row, text, "DOUBLE", losses);
    }
  }

  private static RowFunction toBoolean(ValueType from) {
    return switch (from) {
      case DOUBLE, FLOAT ->
          (a, row, result, losses) -> Values.set(result, row, a[0].doubleAt(row) != 0);
      case BOOLEAN, BIGINT, TIMESTAMP ->
          (a, row, result, losses) -> Values.set(result, row, a[0].longAt(row) != 0);
      case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          (a, row, result, losses) -> {
            String text = Values.text(a[0], row);
            Optional<BigDecimal> number = NumberText.decimal(text);
            Optional<Long> whole = number.flatMap(NumberText::whole);
            if (whole.isPresent()) {
              Values.set(result, row, whole.get() > 0);
            } else {
              lost(row, text, "BOOLEAN", losses);
            }
          };
    };
  }

  static void millisToTime(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    long millis = a[0].longAt(row);
    if (millis >= Math.floorDiv(FIRST_TIME, 1_000) && millis <= LAST_TIME / 1_000) {
      result.setLong(row, millis * 1_000);
    } else {
      lost(row, Long.toString(millis), "TIMESTAMP", losses);
    }
  }

  /** Within 32 bits, of what converts to 64. */
  static RowFunction toInteger(ValueType from) {
    RowFunction toWhole = toWhole(from);
    return (a, row, result, losses) -> {
      toWhole.apply(a, row, result, losses);
      if (!result.isNull(row) && result.longAt(row) != (int) result.longAt(row)) {
        long value = result.longAt(row);
        result.setNull(row);
        lost(row, Long.toString(value), "INTEGER", losses);
      }
    };
  }

  /** The result is null already. */
  static void lost(int row, String value, String type, Losses losses) {
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    losses.add(row, Loss.CONVERSION, "cannot convert \"" + shown + "\" to " + type);
  }
}

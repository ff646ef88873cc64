package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.IsoTime;
import io.penstock.spec.expression.ValueType;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads values of declared types out of a record's text, more generously than CAST: blanks around
 * and commas within numbers are no part of them, nothing is null, and of a fraction only its loss
 * is told.
 */
final class InputReading {
  private InputReading() {}

  static RowFunction of(ValueType type) {
    return switch (type) {
      case BIGINT -> InputReading::whole;
      case DOUBLE -> InputReading::floating;
      case FLOAT ->
          (a, row, result, losses) -> {
            floating(a, row, result, losses);
            if (!result.isNull(row)) {
              result.setDouble(row, (float) result.doubleAt(row));
            }
          };
      case BOOLEAN -> InputReading::bool;
      case TIMESTAMP -> time();
      case VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY -> ArrayReading.of(type);
      case VARCHAR, JSON -> throw new IllegalArgumentException("text cannot be read as " + type);
    };
  }

  private static String number(ColumnVector values, int row) {
    return Values.text(values, row).strip().replace(",", "");
  }

  private static void whole(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    byte[] bytes = a[0].text();
    int from = a[0].textStart(row);
    int length = a[0].textLength(row);
    if (NumberText.isShortWhole(bytes, from, length)) {
      result.setLong(row, NumberText.shortWhole(bytes, from, length));
      return;
    }
    if (length == 0) {
      return;
    }
    Optional<BigDecimal> exact = NumberText.decimal(number(a[0], row));
    Optional<Long> value = exact.flatMap(NumberText::whole);
    if (value.isEmpty()) {
      Conversions.lost(row, Values.text(a[0], row), "BIGINT", losses);
      return;
    }
    result.setLong(row, value.get());
    if (exact.get().compareTo(BigDecimal.valueOf(value.get())) != 0) {
      losses.add(row, Loss.PRECISION, "the fraction of " + Values.text(a[0], row) + " is cut off");
    }
  }

  private static void floating(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    if (a[0].textLength(row) == 0) {
      return;
    }
    Optional<Double> value = NumberText.floating(number(a[0], row));
    if (value.isPresent()) {
      result.setDouble(row, value.get());
    } else {
      Conversions.lost(row, Values.text(a[0], row), "DOUBLE", losses);
    }
  }

  private static void bool(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    switch (Values.text(a[0], row)) {
      case "true", "1" -> result.setLong(row, 1);
      case "false", "0" -> result.setLong(row, 0);
      case "" -> result.setNull(row);
      default -> Conversions.lost(row, Values.text(a[0], row), "BOOLEAN", losses);
    }
  }

  /** Digits alone are milliseconds, except four, which are a year. */
  private static RowFunction time() {
    IsoTime iso = new IsoTime(ZoneOffset.UTC);
    return (a, row, result, losses) -> {
      byte[] bytes = a[0].text();
      int from = a[0].textStart(row);
      int length = a[0].textLength(row);
      if (length == 0) {
        return;
      }
      if (length != 4 && NumberText.isShortWhole(bytes, from, length)) {
        long millis = NumberText.shortWhole(bytes, from, length);
        if (Math.abs(millis) <= Conversions.LAST_TIME / 1_000) {
          result.setLong(row, millis * 1_000);
          return;
        }
      }
      String text = Values.text(a[0], row);
      OptionalLong micros = iso.micros(text);
      if (micros.isPresent()) {
        result.setLong(row, micros.getAsLong());
      } else {
        Conversions.lost(row, text, "TIMESTAMP", losses);
      }
    };
  }
}

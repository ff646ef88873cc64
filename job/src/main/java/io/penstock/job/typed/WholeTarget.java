package io.penstock.job.typed;

import io.penstock.job.expression.TextInput;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** 64 bits, signed; fractions are cut off, which is a loss, and times are milliseconds. */
final class WholeTarget extends ColumnTarget {
  private static final double LIMIT = 0x1p63;

  /** With a fraction of more digits, or so many zeros, a decimal is nothing but small or large. */
  private static final int MAX_SCALE = 10_000;

  private final TextInput input = new TextInput(ValueType.BIGINT);

  WholeTarget(int place) {
    super(place, ColumnType.INT64);
  }

  @Override
  public void whole(int row, long value) {
    vector().setLong(row, value);
  }

  @Override
  public void floating(int row, double value) {
    if (!(value >= -LIMIT && value < LIMIT)) {
      lose(row);
      return;
    }
    vector().setLong(row, (long) value);
    if (value != Math.rint(value)) {
      warn(row);
    }
  }

  @Override
  public void single(int row, float value) {
    floating(row, value);
  }

  @Override
  public void truth(int row, boolean value) {
    vector().setLong(row, value ? 1 : 0);
  }

  @Override
  public void decimal(int row, BigDecimal value) {
    if (Math.abs((long) value.scale()) > MAX_SCALE) {
      lose(row);
      return;
    }
    BigDecimal cut = value.setScale(0, RoundingMode.DOWN);
    BigInteger whole = cut.toBigInteger();
    if (whole.bitLength() >= Long.SIZE) {
      lose(row);
      return;
    }
    vector().setLong(row, whole.longValue());
    if (cut.compareTo(value) != 0) {
      warn(row);
    }
  }

  @Override
  public void text(int row, byte[] bytes, int from, int length) {
    if (!input.read(bytes, from, length, vector(), row)) {
      warn(row);
    }
  }

  @Override
  public void instant(int row, Instant value) {
    vector().setLong(row, value.toEpochMilli());
  }

  @Override
  public void day(int row, LocalDate value) {
    vector().setLong(row, value.toEpochDay() * TimeTarget.MILLIS_PER_DAY);
  }

  @Override
  public void timeOfDay(int row, LocalTime value, long stored) {
    vector().setLong(row, stored);
  }
}

package io.penstock.job.typed;

import io.penstock.job.expression.TextInput;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** Doubles, or such as 32 bits can have; decimals are the nearest, times are milliseconds. */
final class FloatingTarget extends ColumnTarget {
  private final boolean isSingle;
  private final TextInput input;

  FloatingTarget(int place, boolean isSingle) {
    super(place, ColumnType.DOUBLE);
    this.isSingle = isSingle;
    this.input = new TextInput(isSingle ? ValueType.FLOAT : ValueType.DOUBLE);
  }

  @Override
  public boolean isSingle() {
    return isSingle;
  }

  @Override
  public void whole(int row, long value) {
    // Straight to 32 bits: by way of 64 it may be rounded twice.
    vector().setDouble(row, isSingle ? (float) value : (double) value);
  }

  @Override
  public void floating(int row, double value) {
    vector().setDouble(row, isSingle ? (float) value : value);
  }

  @Override
  public void single(int row, float value) {
    vector().setDouble(row, value);
  }

  @Override
  public void truth(int row, boolean value) {
    vector().setDouble(row, value ? 1 : 0);
  }

  @Override
  public void decimal(int row, BigDecimal value) {
    vector().setDouble(row, isSingle ? value.floatValue() : value.doubleValue());
  }

  @Override
  public void text(int row, byte[] bytes, int from, int length) {
    if (!input.read(bytes, from, length, vector(), row)) {
      warn(row);
    }
  }

  @Override
  public void instant(int row, Instant value) {
    whole(row, value.toEpochMilli());
  }

  @Override
  public void day(int row, LocalDate value) {
    whole(row, value.toEpochDay() * TimeTarget.MILLIS_PER_DAY);
  }

  @Override
  public void timeOfDay(int row, LocalTime value, long stored) {
    whole(row, stored);
  }
}

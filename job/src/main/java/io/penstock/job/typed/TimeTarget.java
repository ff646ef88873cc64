package io.penstock.job.typed;

import io.penstock.job.expression.TextInput;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** Times in whole milliseconds, rounded down; numbers are milliseconds since the epoch. */
final class TimeTarget extends ColumnTarget {
  static final long MILLIS_PER_DAY = 86_400_000L;

  private static final long LAST_MILLI = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final long MICROS = 1_000;

  private final TextInput input = new TextInput(ValueType.TIMESTAMP);

  TimeTarget(int place) {
    super(place, ColumnType.TIMESTAMP);
  }

  @Override
  public void whole(int row, long value) {
    if (value < -LAST_MILLI || value > LAST_MILLI) {
      lose(row);
    } else {
      vector().setLong(row, value * MICROS);
    }
  }

  @Override
  public void floating(int row, double value) {
    double down = Math.floor(value);
    if (!(down >= -LAST_MILLI && down <= LAST_MILLI)) {
      lose(row);
      return;
    }
    vector().setLong(row, ((long) down) * MICROS);
    if (down != value) {
      warn(row);
    }
  }

  @Override
  public void single(int row, float value) {
    floating(row, value);
  }

  @Override
  public void truth(int row, boolean value) {
    lose(row);
  }

  @Override
  public void decimal(int row, BigDecimal value) {
    floating(row, value.doubleValue());
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
    whole(row, value.toEpochDay() * MILLIS_PER_DAY);
  }

  @Override
  public void timeOfDay(int row, LocalTime value, long stored) {
    lose(row);
  }
}

package io.penstock.job.typed;

import io.penstock.job.record.Utf8Bytes;
import io.penstock.spec.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** Everything has a text; what is nested is JSON, and times are ISO 8601. */
final class TextTarget extends ColumnTarget {
  TextTarget(int place) {
    super(place, ColumnType.STRING);
  }

  @Override
  public void whole(int row, long value) {
    put(row, Long.toString(value));
  }

  @Override
  public void floating(int row, double value) {
    put(row, Double.toString(value));
  }

  @Override
  public void single(int row, float value) {
    put(row, Float.toString(value));
  }

  @Override
  public void truth(int row, boolean value) {
    put(row, Boolean.toString(value));
  }

  @Override
  public void decimal(int row, BigDecimal value) {
    put(row, BoxedValue.plain(value));
  }

  @Override
  public void text(int row, byte[] bytes, int from, int length) {
    if (Utf8Bytes.areValid(bytes, from, from + length)) {
      vector().setText(row, bytes, from, length);
    } else {
      lose(row);
    }
  }

  @Override
  public void instant(int row, Instant value) {
    put(row, value.toString());
  }

  @Override
  public void day(int row, LocalDate value) {
    put(row, value.toString());
  }

  @Override
  public void timeOfDay(int row, LocalTime value, long stored) {
    put(row, value.toString());
  }

  @Override
  public void json(int row, String text) {
    put(row, text);
  }

  @Override
  public void nested(int row, Object value) {
    StringBuilder json = new StringBuilder();
    BoxedValue.append(json, value);
    put(row, json.toString());
  }
}

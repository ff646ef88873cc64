package io.penstock.job.typed;

import io.penstock.job.record.Utf8Bytes;
import io.penstock.spec.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/** Any value as JSON. A text is a string, unless the file says that it is JSON. */
final class JsonTarget extends ColumnTarget {
  JsonTarget(int place) {
    super(place, ColumnType.JSON);
  }

  @Override
  public void whole(int row, long value) {
    put(row, Long.toString(value));
  }

  @Override
  public void floating(int row, double value) {
    box(row, value);
  }

  @Override
  public void single(int row, float value) {
    box(row, value);
  }

  @Override
  public void truth(int row, boolean value) {
    put(row, Boolean.toString(value));
  }

  @Override
  public void decimal(int row, BigDecimal value) {
    box(row, value);
  }

  @Override
  public void text(int row, byte[] bytes, int from, int length) {
    if (Utf8Bytes.areValid(bytes, from, from + length)) {
      box(row, new String(bytes, from, length, StandardCharsets.UTF_8));
    } else {
      lose(row);
    }
  }

  @Override
  public void instant(int row, Instant value) {
    box(row, value);
  }

  @Override
  public void day(int row, LocalDate value) {
    box(row, value);
  }

  @Override
  public void timeOfDay(int row, LocalTime value, long stored) {
    box(row, value);
  }

  @Override
  public void json(int row, String text) {
    Optional<String> compact = JsonTexts.compact(text);
    compact.ifPresentOrElse(json -> put(row, json), () -> lose(row));
  }

  @Override
  public void nested(int row, Object value) {
    box(row, value);
  }

  private void box(int row, Object value) {
    StringBuilder json = new StringBuilder();
    BoxedValue.append(json, value);
    put(row, json.toString());
  }
}

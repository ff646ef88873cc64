package io.penstock.job.typed;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** Takes values of rows, whatever types they have in a file. A row without a value is null. */
public interface ValueTarget {
  void whole(int row, long value);

  void floating(int row, double value);

  /** Of 32 bits: as text it has fewer digits than the double that is equal to it. */
  void single(int row, float value);

  void truth(int row, boolean value);

  void decimal(int row, BigDecimal value);

  /** Bytes that should be UTF-8; they may be kept where they are until the batch is done with. */
  void text(int row, byte[] bytes, int from, int length);

  void instant(int row, Instant value);

  void day(int row, LocalDate value);

  /**
   * @param stored the number that the file has for it
   */
  void timeOfDay(int row, LocalTime value, long stored);

  /** Text that the file says is JSON. */
  void json(int row, String text);

  /** A {@link java.util.List} or a {@link java.util.Map}, see {@link BoxedValue}. */
  void nested(int row, Object value);
}

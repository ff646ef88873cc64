package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;

/** Reads texts, one at a time, as what an input of a type is. Of one thread. */
public final class TextInput {
  private static final int ROW = 0;

  private final RowFunction reading;
  private final ColumnVector[] text = {new ColumnVector(ColumnType.STRING)};
  private final ColumnVector read;
  private final Losses losses = new Losses((row, loss, reason) -> this.lost = true);
  private boolean lost;

  /**
   * @param type a number, truth or time
   */
  public TextInput(ValueType type) {
    this.reading = InputReading.of(type);
    this.read = new ColumnVector(type.columnType());
  }

  /**
   * Sets a row, to null if the text is empty or does not convert.
   *
   * @return whether nothing is lost
   */
  public boolean read(byte[] utf8, int from, int length, ColumnVector target, int row) {
    lost = false;
    text[0].clear(utf8);
    text[0].setText(ROW, utf8, from, length);
    read.setNull(ROW);
    reading.apply(text, ROW, read, losses);
    if (read.isNull(ROW)) {
      target.setNull(row);
    } else if (read.type() == ColumnType.DOUBLE) {
      target.setDouble(row, read.doubleAt(ROW));
    } else {
      target.setLong(row, read.longAt(ROW));
    }
    return !lost;
  }
}

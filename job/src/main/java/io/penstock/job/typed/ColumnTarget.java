package io.penstock.job.typed;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;
import java.nio.charset.StandardCharsets;

/**
 * Puts values into a column of the type that an input is declared with. What does not convert is
 * null, and its row one with a warning; what converts but for a part of it is one with a warning
 * too. Of one thread.
 */
public abstract class ColumnTarget implements ValueTarget {
  private final int place;
  private final ColumnType type;
  private RowBatch batch;
  private ColumnVector vector;

  /**
   * @param place of the column in batches
   * @param type of the column
   */
  ColumnTarget(int place, ColumnType type) {
    this.place = place;
    this.type = type;
  }

  /** Arrays are read as JSON: computing makes arrays of it. */
  static ColumnTarget of(ValueType type, int place) {
    return switch (type) {
      case VARCHAR -> new TextTarget(place);
      case BIGINT -> new WholeTarget(place);
      case DOUBLE -> new FloatingTarget(place, false);
      case FLOAT -> new FloatingTarget(place, true);
      case TIMESTAMP -> new TimeTarget(place);
      case JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY -> new JsonTarget(place);
      case BOOLEAN -> throw new IllegalArgumentException("inputs of typed values are not BOOLEAN");
    };
  }

  /** Of the column. */
  public final ColumnType type() {
    return type;
  }

  /** Whether the column takes numbers of 32 bits only. */
  public boolean isSingle() {
    return false;
  }

  /** The next values are of this batch, which is empty. */
  public final void begin(RowBatch newBatch) {
    batch = newBatch;
    vector = newBatch.column(place);
  }

  /** Of the batch in hand. */
  public final ColumnVector vector() {
    return vector;
  }

  /** How many bytes the row's text has; 0 for what is none. */
  public final int textBytes(int row) {
    boolean isText = type == ColumnType.STRING || type == ColumnType.JSON;
    return isText && !vector.isNull(row) ? vector.textLength(row) : 0;
  }

  /** What is read of text, is of JSON's. */
  @Override
  public void json(int row, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    text(row, bytes, 0, bytes.length);
  }

  @Override
  public void nested(int row, Object value) {
    lose(row);
  }

  /** The row has had a value, which is no longer there. */
  public final void lose(int row) {
    vector.setNull(row);
    batch.warn(row);
  }

  /** Something of the row's value is not in the column. */
  final void warn(int row) {
    batch.warn(row);
  }

  final void put(int row, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    vector.setText(row, bytes, 0, bytes.length);
  }
}

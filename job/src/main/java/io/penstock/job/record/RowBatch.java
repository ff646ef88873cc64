package io.penstock.job.record;

import io.penstock.spec.RejectedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to {@link #CAPACITY} rows of one task as columns, in input order, and the rows rejected among
 * them. Valid only during the call that delivers it: the decoder uses the same batch again.
 */
public final class RowBatch implements RowEvent {
  /** About what fits the L2 cache with two dozen columns. */
  public static final int CAPACITY = 512;

  private final ColumnVector[] columns;
  private final List<RejectedRow> rejects = new ArrayList<>();
  private int rows;

  /**
   * @param columns one for each column of the transform, in its order
   */
  public RowBatch(ColumnVector... columns) {
    this.columns = columns.clone();
  }

  public int rows() {
    return rows;
  }

  public ColumnVector column(int index) {
    return columns[index];
  }

  public int columnCount() {
    return columns.length;
  }

  public List<RejectedRow> rejects() {
    return rejects;
  }

  /** The decoder has set every column's value at index {@link #rows()}: it becomes a row. */
  public void endRow() {
    rows++;
  }

  /** Empties the batch. */
  public void clear() {
    rows = 0;
    rejects.clear();
    for (ColumnVector column : columns) {
      column.clear();
    }
  }

  @Override
  public void deliverTo(Receiver receiver) throws IOException {
    receiver.batch(this);
  }
}

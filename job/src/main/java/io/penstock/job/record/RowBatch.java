package io.penstock.job.record;

import io.penstock.spec.RejectedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Up to {@link #CAPACITY} rows of one task as columns, in input order, and the rows rejected among
 * them. Of the rows only the selected ones count; all are until some are filtered. Valid only
 * during the call that delivers it: the decoder uses the same batch again.
 */
public final class RowBatch implements RowEvent {
  /** About what fits the L2 cache with two dozen columns. */
  public static final int CAPACITY = 512;

  private static final int[] ALL = IntStream.range(0, CAPACITY).toArray();
  private static final byte[] NO_BLOCK = {};

  private final ColumnVector[] own;
  private final ColumnVector[] columns;
  private final boolean[] warned = new boolean[CAPACITY];
  private final List<RejectedRow> rejects = new ArrayList<>();
  private final int[] some = new int[CAPACITY];
  private int rows;
  private int[] selected = ALL;
  private int selectedRows;

  /**
   * @param columns one for each column of the transform, in its order
   */
  public RowBatch(ColumnVector... columns) {
    this.own = columns.clone();
    this.columns = columns.clone();
  }

  /** Including those that are not selected. */
  public int rows() {
    return rows;
  }

  /**
   * The rows that count: the first {@link #selectedRows()} elements, ascending. Not to be written
   * to.
   */
  public int[] selected() {
    return selected;
  }

  public int selectedRows() {
    return selectedRows;
  }

  public ColumnVector column(int index) {
    return columns[index];
  }

  public int columnCount() {
    return columns.length;
  }

  /** Until the batch is cleared, a column is these values. */
  public void replace(int index, ColumnVector values) {
    columns[index] = values;
  }

  /** Something of the row was lost, which does not keep it from being written. */
  public void warn(int row) {
    warned[row] = true;
  }

  /** Whether something of the row was lost. */
  public boolean isWarned(int row) {
    return warned[row];
  }

  /** How many of the selected rows have lost something. */
  public int warnedRows() {
    int count = 0;
    for (int i = 0; i < selectedRows; i++) {
      count += warned[selected[i]] ? 1 : 0;
    }
    return count;
  }

  public List<RejectedRow> rejects() {
    return rejects;
  }

  /** The decoder has set every column's value at index {@link #rows()}: it becomes a row. */
  public void endRow() {
    rows++;
    selectedRows = rows;
  }

  /** What was set at index {@link #rows()} becomes null again. */
  public void clearRow() {
    for (ColumnVector column : columns) {
      column.setNull(rows);
    }
  }

  /**
   * Takes rows out of the selection. Only when all rows are in.
   *
   * @param left for each row, whether it stays selected if it is
   */
  public void select(boolean[] left) {
    int count = 0;
    for (int i = 0; i < selectedRows; i++) {
      int row = selected[i];
      if (left[row]) {
        some[count++] = row;
      }
    }
    selected = some;
    selectedRows = count;
  }

  /** Empties the batch; text of the next rows has no block to point into. */
  public void clear() {
    clear(NO_BLOCK);
  }

  /**
   * Empties the batch.
   *
   * @param block that the next rows' text is in, as long as it stays there unchanged; text that is
   *     elsewhere is copied
   */
  public void clear(byte[] block) {
    rows = 0;
    selected = ALL;
    selectedRows = 0;
    rejects.clear();
    Arrays.fill(warned, false);
    System.arraycopy(own, 0, columns, 0, own.length);
    for (ColumnVector column : columns) {
      column.clear(block);
    }
  }

  @Override
  public void deliverTo(Receiver receiver) throws IOException {
    receiver.batch(this);
  }
}

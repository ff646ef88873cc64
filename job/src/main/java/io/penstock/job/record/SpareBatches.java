package io.penstock.job.record;

import io.penstock.spec.ColumnSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Batches of the same columns, used again as soon as one is released. Thread-safe. */
public final class SpareBatches {
  private static final int MAX_IDLE = 8;

  private final List<ColumnSpec> columns;
  private final Deque<RowBatch> idle = new ArrayDeque<>();

  public SpareBatches(List<ColumnSpec> columns) {
    this.columns = List.copyOf(columns);
  }

  /** An empty batch. */
  public RowBatch take() {
    RowBatch known = poll();
    if (known != null) {
      return known;
    }
    return new RowBatch(
        columns.stream()
            .map(column -> new ColumnVector(column.type()))
            .toArray(ColumnVector[]::new));
  }

  private synchronized RowBatch poll() {
    return idle.poll();
  }

  /**
   * @param batch is no longer used by the caller
   */
  public void give(RowBatch batch) {
    // It shall not keep what its text is in.
    batch.clear();
    keep(batch);
  }

  private synchronized void keep(RowBatch batch) {
    if (idle.size() < MAX_IDLE) {
      idle.push(batch);
    }
  }
}

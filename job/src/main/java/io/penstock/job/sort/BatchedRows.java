package io.penstock.job.sort;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import java.io.IOException;

/** Makes batches of rows again. Used by one thread. */
public final class BatchedRows implements RowSorter.Target {
  private final RowLayout layout;
  private final ColumnVector[] vectors;
  private final RowBatch batch;
  private final Target target;

  /** Takes batches, each valid during the call. */
  @FunctionalInterface
  public interface Target {
    void batch(RowBatch batch) throws IOException;
  }

  public BatchedRows(RowLayout layout, Target target) {
    this.layout = layout;
    this.vectors = layout.newVectors();
    this.batch = new RowBatch(vectors);
    this.target = target;
  }

  @Override
  public void row(byte[] bytes, int at, int length) throws IOException {
    layout.read(bytes, at, vectors, batch.rows());
    batch.endRow();
    if (batch.rows() == RowBatch.CAPACITY) {
      flush();
    }
  }

  /** Hands over what is left; to be called behind the last row. */
  public void flush() throws IOException {
    if (batch.rows() > 0) {
      target.batch(batch);
    }
    batch.clear();
  }
}

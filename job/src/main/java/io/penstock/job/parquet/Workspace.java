package io.penstock.job.parquet;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import java.util.stream.IntStream;

/** What the files of one thread share; nothing in it is part of what they hold. */
final class Workspace implements AutoCloseable {
  /** A page larger than that is rare, and its buffer not worth keeping. */
  private static final int MAX_KEPT_BYTES = 4 * 1024 * 1024;

  private final BufferPool pool = new BufferPool();
  private final GrowingBytes page = new GrowingBytes(new FileBuffers(pool));
  private final int[] rows = new int[RowBatch.CAPACITY];
  private final long[] numbers = new long[RowBatch.CAPACITY];

  private final int[] tags = new int[RowBatch.CAPACITY];
  private final long[] candidates = new long[RowBatch.CAPACITY];
  private final int[] candidateIds = new int[RowBatch.CAPACITY];

  private final int[] inOrder = IntStream.range(0, RowBatch.CAPACITY).toArray();
  private final KnownTexts knownTexts = new KnownTexts(this);
  private final ColumnArrays view = new ColumnArrays();
  private final ColumnArrays staged = ColumnArrays.ofBatchSize();

  BufferPool pool() {
    return pool;
  }

  /** An empty page to be filled and compressed. */
  GrowingBytes emptyPage() {
    if (page.bytes().length > MAX_KEPT_BYTES) {
      page.release();
    }
    page.resize(0);
    return page;
  }

  /** For the rows of a batch that are not null in the column at hand. */
  int[] rows() {
    return rows;
  }

  /** For those rows' values. */
  long[] numbers() {
    return numbers;
  }

  /** For what a dictionary keeps of the values' hashes. */
  int[] tags() {
    return tags;
  }

  /** For where in a dictionary the values may be. */
  long[] candidates() {
    return candidates;
  }

  /** For what in a dictionary the values may be. */
  int[] candidateIds() {
    return candidateIds;
  }

  /** All rows of a batch. */
  int[] inOrder() {
    return inOrder;
  }

  KnownTexts knownTexts() {
    return knownTexts;
  }

  ColumnArrays view(ColumnVector vector) {
    return view.show(vector);
  }

  /** For rows that were held back. */
  ColumnArrays staged() {
    return staged;
  }

  @Override
  public void close() {
    knownTexts.forget();
    page.release();
    pool.close();
  }
}

package io.penstock.job.parquet;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;

/**
 * Where the encoders read a column's values: in a batch, or among rows that were held back. Which
 * arrays mean anything depends on the column's type.
 */
final class ColumnArrays {
  boolean[] nulls;
  long[] longs;
  double[] doubles;
  byte[] text;
  int[] starts;
  int[] lengths;

  /** With arrays of its own for the rows of a batch, and no text. */
  static ColumnArrays ofBatchSize() {
    ColumnArrays arrays = new ColumnArrays();
    arrays.nulls = new boolean[RowBatch.CAPACITY];
    arrays.longs = new long[RowBatch.CAPACITY];
    arrays.doubles = new double[RowBatch.CAPACITY];
    arrays.starts = new int[RowBatch.CAPACITY];
    arrays.lengths = new int[RowBatch.CAPACITY];
    return arrays;
  }

  ColumnArrays show(ColumnVector vector) {
    nulls = vector.nulls();
    longs = vector.longs();
    doubles = vector.doubles();
    text = vector.text();
    starts = vector.starts();
    lengths = vector.lengths();
    return this;
  }
}

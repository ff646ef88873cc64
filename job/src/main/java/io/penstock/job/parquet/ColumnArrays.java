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

  /** By row, the number of a text that is known, or -1; null if none of them is. */
  int[] known;

  /** What the starts of known texts point into. */
  byte[] knownText;

  private int[] numbers;

  /** With arrays of its own for the rows of a batch, and no text. */
  static ColumnArrays ofBatchSize() {
    ColumnArrays arrays = new ColumnArrays();
    arrays.nulls = new boolean[RowBatch.CAPACITY];
    arrays.longs = new long[RowBatch.CAPACITY];
    arrays.doubles = new double[RowBatch.CAPACITY];
    arrays.starts = new int[RowBatch.CAPACITY];
    arrays.lengths = new int[RowBatch.CAPACITY];
    arrays.numbers = new int[RowBatch.CAPACITY];
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

  /** From now on, texts may be known ones of that column; of none if it is null. */
  void showKnown(KnownTexts.Column column) {
    known = column == null ? null : numbers;
    knownText = column == null ? null : column.text();
  }

  boolean isKnown(int row) {
    return known != null && known[row] >= 0;
  }

  /** Where texts begin that are known if the first one is not, or the other way round. */
  int endOfRun(int[] rows, int from, int to) {
    if (known == null) {
      return to;
    }
    boolean first = known[rows[from]] >= 0;
    int end = from + 1;
    while (end < to && known[rows[end]] >= 0 == first) {
      end++;
    }
    return end;
  }
}

package io.penstock.job.decode;

import io.penstock.job.record.RowBatch;
import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something done to the rows of a batch between decoding and writing: computes a column from
 * others, or filters rows by {@link RowBatch#select}. Rows that are not selected do not count and
 * may hold anything. One for each thread; the same batch must always give the same outcome.
 */
interface BatchStep {
  /** No steps: rows are written as they were decoded. */
  List<BatchStep> NONE = List.of();

  /** The steps of a transform. Times of rows are looked at when they have been computed. */
  static List<BatchStep> of(TransformSpec transform) {
    return Stream.concat(
            ComputeColumns.steps(transform).stream(), WithinSpans.of(transform).stream())
        .toList();
  }

  /**
   * @param rejections takes the rows that the step cannot do its work on
   */
  void apply(RowBatch batch, Rejections rejections);

  /** Takes rejected rows; they are not selected afterwards. */
  interface Rejections {
    /**
     * @param row that is selected
     */
    void reject(int row, RowRejected why);
  }
}

package io.penstock.job.decode;

import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TransformSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The batch that rows are being added to. When it is full, or asked to, it takes its steps, counts
 * the rows and hands itself over.
 */
final class OpenBatch {
  private static final int MAX_BYTES = 512 * 1024;
  private static final int MAX_REJECTS = 64;

  private final RowBatch rows;
  private final Edits edits;
  private final List<BatchStep> steps;
  private final LiveCounts live;
  private final Consumer<RowEvent> output;
  private final int timeColumn;
  private final RowRejected noTime;
  private final RowOrigins origins = new RowOrigins();
  private final boolean[] kept = new boolean[RowBatch.CAPACITY];
  private byte[] block = {};
  private int bytes;
  private int rejectedBySteps;

  OpenBatch(
      TransformSpec transform,
      RowBatch rows,
      Edits edits,
      List<BatchStep> steps,
      LiveCounts live,
      Consumer<RowEvent> output) {
    this.rows = rows;
    this.edits = edits;
    this.steps = List.copyOf(steps);
    this.live = live;
    this.output = output;
    this.timeColumn = transform.timeColumnIndex();
    this.noTime =
        RowRejected.value(RejectCode.NULL_TIMESTAMP, transform.timeColumn(), "the row has no time");
  }

  /** The index of the next row. */
  int row() {
    return rows.rows();
  }

  /** Whether a record without a time cannot become a row: no step may give it one. */
  boolean lacksTime() {
    return steps.isEmpty() && rows.column(timeColumn).isNull(rows.rows());
  }

  /** Why a row without a time is rejected. */
  RowRejected noTime() {
    return noTime;
  }

  /** The record between {@code from} and {@code end} has become a row. */
  void endRow(String object, long line, long byteOffset, int from, int end) {
    if (steps.isEmpty()) {
      edits.forget();
    } else {
      origins.set(rows.rows(), object, line, byteOffset, from, end);
    }
    rows.endRow();
    bytes += end - from;
    if (rows.rows() == RowBatch.CAPACITY || bytes >= MAX_BYTES) {
      flush();
    }
  }

  /** Values that were set for the next row are void. */
  void clearRow() {
    rows.clearRow();
  }

  void reject(RejectedRow row) {
    live.rowsRejected++;
    rows.rejects().add(row);
    bytes += Rejects.BYTES_EACH;
    if (rows.rejects().size() >= MAX_REJECTS) {
      flush();
    }
  }

  /** Hands the rows over, if there are any, and begins anew in the same block. */
  void flush() {
    takeSteps();
    live.rowsWritten += rows.selectedRows();
    live.rowsWithWarning += rows.warnedRows();
    live.rowsFiltered += rows.rows() - rows.selectedRows() - rejectedBySteps;
    if (rows.selectedRows() > 0 || !rows.rejects().isEmpty()) {
      output.accept(rows);
    }
    begin(block);
  }

  /**
   * Begins anew; rows not handed over are void.
   *
   * @param newBlock that the next rows are in
   */
  void begin(byte[] newBlock) {
    block = newBlock;
    bytes = 0;
    rejectedBySteps = 0;
    edits.forget();
    rows.clear(newBlock);
  }

  private void takeSteps() {
    if (steps.isEmpty() || rows.rows() == 0) {
      return;
    }
    for (BatchStep step : steps) {
      take(step);
    }
    take(this::rejectWithoutTime);
  }

  private void take(BatchStep step) {
    int before = rows.rejects().size();
    Arrays.fill(kept, true);
    step.apply(rows, this::reject);
    int rejected = rows.rejects().size() - before;
    if (rejected > 0) {
      rejectedBySteps += rejected;
      rows.select(kept);
    }
  }

  private void reject(int row, RowRejected why) {
    if (!kept[row]) {
      throw new IllegalStateException("row " + row + " was rejected before: " + why.getMessage());
    }
    kept[row] = false;
    live.rowsRejected++;
    rows.rejects().add(origins.rejected(row, why, block, edits));
  }

  private void rejectWithoutTime(RowBatch batch, BatchStep.Rejections rejections) {
    for (int i = 0; i < batch.selectedRows(); i++) {
      int row = batch.selected()[i];
      if (batch.column(timeColumn).isNull(row)) {
        rejections.reject(row, noTime);
      }
    }
  }
}

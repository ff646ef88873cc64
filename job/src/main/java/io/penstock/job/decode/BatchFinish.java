package io.penstock.job.decode;

import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TransformSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What becomes of a batch when all its rows are in: it takes its steps, counts, and goes on. */
final class BatchFinish {
  private final List<BatchStep> steps;
  private final LiveCounts live;
  private final Consumer<RowEvent> output;
  private final int timeColumn;
  private final RowRejected noTime;
  private final boolean[] kept = new boolean[RowBatch.CAPACITY];
  private int rejectedBySteps;

  BatchFinish(
      TransformSpec transform, List<BatchStep> steps, LiveCounts live, Consumer<RowEvent> output) {
    this.steps = List.copyOf(steps);
    this.live = live;
    this.output = output;
    this.timeColumn = transform.timeColumnIndex();
    this.noTime =
        RowRejected.value(RejectCode.NULL_TIMESTAMP, transform.timeColumn(), "the row has no time");
  }

  /** Makes the reject of a row of the batch. */
  @FunctionalInterface
  interface Origins {
    RejectedRow rejected(int row, RowRejected why);
  }

  /** Whether no step may change what was decoded. */
  boolean isPlain() {
    return steps.isEmpty();
  }

  /** Why a row without a time is rejected. */
  RowRejected noTime() {
    return noTime;
  }

  /** Hands the rows over, if there are any. */
  void finish(RowBatch rows, Origins origins) {
    rejectedBySteps = 0;
    takeSteps(rows, origins);
    live.rowsWritten += rows.selectedRows();
    live.rowsWithWarning += rows.warnedRows();
    live.rowsFiltered += rows.rows() - rows.selectedRows() - rejectedBySteps;
    if (rows.selectedRows() > 0 || !rows.rejects().isEmpty()) {
      output.accept(rows);
    }
  }

  private void takeSteps(RowBatch rows, Origins origins) {
    if (steps.isEmpty() || rows.rows() == 0) {
      return;
    }
    for (BatchStep step : steps) {
      take(step, rows, origins);
    }
    take(this::rejectWithoutTime, rows, origins);
  }

  private void take(BatchStep step, RowBatch rows, Origins origins) {
    int before = rows.rejects().size();
    Arrays.fill(kept, true);
    step.apply(rows, (row, why) -> reject(rows, row, why, origins));
    int rejected = rows.rejects().size() - before;
    if (rejected > 0) {
      rejectedBySteps += rejected;
      rows.select(kept);
    }
  }

  private void reject(RowBatch rows, int row, RowRejected why, Origins origins) {
    if (!kept[row]) {
      throw new IllegalStateException("row " + row + " was rejected before: " + why.getMessage());
    }
    kept[row] = false;
    live.rowsRejected++;
    rows.rejects().add(origins.rejected(row, why));
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

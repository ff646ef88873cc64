package io.penstock.job.export;

import io.penstock.job.expression.Program;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.scan.ScanColumns;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportQuery;
import java.io.IOException;
import java.util.Optional;

/** Selects a query's rows, and computes its outputs. Of one thread. */
final class RowsOfInterval {
  private final int firstColumn;
  private final Optional<ScanColumns.Times> times;
  private final Program program;
  private final boolean[] kept = new boolean[RowBatch.CAPACITY];
  private Optional<String> refusal = Optional.empty();

  RowsOfInterval(ExportQuery query) {
    ScanColumns columns = ScanColumns.of(query);
    this.firstColumn = columns.firstColumn();
    this.times = columns.times();
    this.program = new Program(query.computation(), firstColumn);
  }

  /**
   * @throws ExportRefused if the filter cannot be computed for a row
   */
  void select(RowBatch batch) throws IOException {
    times.ifPresent(t -> selectTimes(batch, t));
    program.run(batch, (row, reason) -> refusal = refusal.or(() -> Optional.of(reason)));
    if (refusal.isPresent()) {
      throw new ExportRefused(
          ExportFailure.Kind.QUERY, "the filter cannot be computed: " + refusal.get());
    }
  }

  private void selectTimes(RowBatch batch, ScanColumns.Times wanted) {
    ColumnVector time = batch.column(firstColumn + wanted.column());
    boolean[] nulls = time.nulls();
    long[] micros = time.longs();
    for (int row = 0; row < batch.rows(); row++) {
      kept[row] = !nulls[row] && micros[row] >= wanted.from() && micros[row] < wanted.to();
    }
    batch.select(kept);
  }
}

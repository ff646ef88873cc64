package io.penstock.job.export;

import io.penstock.job.record.RowBatch;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import io.penstock.spec.export.ExportedFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the files of an export from its rows, and counts. Free of Flink; of one thread. What it
 * holds of an unfinished export is given up when another begins, and when it is closed.
 */
final class ExportWriter implements ScanEvent.Receiver, Closeable {
  private final ExportSpec spec;
  private final DestinationStore destination;
  private final Consumer<ExportResult> finished;
  private final RowsOfInterval query;
  private Optional<ExportFiles> files = Optional.empty();
  private long rowsRead;
  private long rowsWritten;
  private long rowsWithWarning;

  /**
   * @param destination is not closed
   * @param finished takes the result when every byte has been uploaded
   */
  ExportWriter(ExportSpec spec, DestinationStore destination, Consumer<ExportResult> finished) {
    this.spec = spec;
    this.destination = destination;
    this.finished = finished;
    this.query = new RowsOfInterval(spec.query());
  }

  long rowsRead() {
    return rowsRead;
  }

  long rowsWritten() {
    return rowsWritten;
  }

  long rowsWithWarning() {
    return rowsWithWarning;
  }

  @Override
  public void begun() {
    giveUp();
    files = Optional.of(new ExportFiles(spec, destination));
    rowsRead = 0;
    rowsWritten = 0;
    rowsWithWarning = 0;
  }

  @Override
  public void rows(RowBatch batch) throws IOException {
    rowsRead += batch.rows();
    query.select(batch);
    files.orElseThrow().append(batch);
    rowsWritten += batch.selectedRows();
    rowsWithWarning += batch.warnedRows();
  }

  @Override
  public void ended(ScanEvent.Ended event) throws IOException {
    rowsRead += event.skippedRows();
    if (rowsRead != event.rowsInFiles()) {
      throw new IllegalStateException(
          "%d rows were read of %d".formatted(rowsRead, event.rowsInFiles()));
    }
    List<ExportedFile> written = files.orElseThrow().finish();
    giveUp();
    ExportResult result =
        new ExportResult(
            ExportResult.VERSION,
            spec.attempt(),
            rowsRead,
            rowsRead - rowsWritten,
            rowsWithWarning,
            written);
    finished.accept(result);
  }

  private void giveUp() {
    files.ifPresent(ExportFiles::close);
    files = Optional.empty();
  }

  @Override
  public void close() {
    giveUp();
  }
}

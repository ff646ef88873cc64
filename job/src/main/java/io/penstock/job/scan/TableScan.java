package io.penstock.job.scan;

import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.export.ExportPlan.TableFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads files, one after the other, in order of their rows, while those that follow are fetched and
 * decoded on other threads. The same files always give the same batches. All methods are the
 * reading thread's, {@link #release} is anybody's.
 */
public final class TableScan implements Closeable {
  private static final int AHEAD = 3;

  private final ObjectStore store;
  private final String bucket;
  private final ScanColumns columns;
  private final Iterator<TableFile> files;
  private final ScanMemory memory = new ScanMemory();
  private final ConcurrentLinkedQueue<RowBatch> idle = new ConcurrentLinkedQueue<>();
  private final Deque<FileScan> ahead = new ArrayDeque<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AHEAD,
          work -> {
            Thread thread = new Thread(work, "penstock-scan");
            thread.setDaemon(true);
            return thread;
          });
  private long skippedRows;

  /**
   * @param store is not closed
   */
  public TableScan(ObjectStore store, String bucket, List<TableFile> files, ScanColumns columns) {
    this.store = store;
    this.bucket = bucket;
    this.columns = columns;
    this.files = List.copyOf(files).iterator();
  }

  /** Waits for rows; empty when there are no more. Then nothing is to be asked any more. */
  public Optional<RowBatch> next() throws IOException {
    while (true) {
      openAhead();
      FileScan first = ahead.peek();
      if (first == null) {
        return Optional.empty();
      }
      memory.setFirst(first);
      Optional<RowBatch> batch = first.queue().take();
      if (batch.isPresent()) {
        return batch;
      }
      skippedRows += first.skippedRows();
      ahead.remove();
    }
  }

  private void openAhead() {
    while (ahead.size() < AHEAD && files.hasNext()) {
      FileScan scan = new FileScan(store, bucket, files.next(), columns, memory, this::emptyBatch);
      ahead.add(scan);
      threads.execute(scan);
    }
  }

  private RowBatch emptyBatch() {
    RowBatch known = idle.poll();
    return known == null ? columns.newBatch() : known;
  }

  /** A batch that was given, and is used no longer, serves other rows. */
  public void release(RowBatch batch) {
    idle.add(batch);
  }

  /** In row groups that were not read, so far. */
  public long skippedRows() {
    return skippedRows;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

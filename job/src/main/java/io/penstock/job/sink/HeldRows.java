package io.penstock.job.sink;

import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.sort.BatchedRows;
import io.penstock.job.sort.RowLayout;
import io.penstock.job.sort.RowSorter;
import io.penstock.spec.JobSpec;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The rows of the task in hand, where they are not written as they come: at its end they go, in
 * order, to partitions, or combined to files for the tasks that merge. Used by one thread.
 */
final class HeldRows implements Closeable {
  /**
   * Heap for rows. Not a setting: it decides in which order doubles are added, and a task that is
   * run again must give the same sums.
   */
  private static final int MEMORY_BYTES = 32 * 1024 * 1024;

  private final JobSpec spec;
  private final Optional<ObjectStore> store;
  private final Uploads uploads;
  private final RowLayout layout;
  private final RowSorter sorter;
  private Optional<RunFiles> runs = Optional.empty();

  private HeldRows(JobSpec spec, Optional<ObjectStore> store, Uploads uploads, RowLayout layout) {
    this.spec = spec;
    this.store = store;
    this.uploads = uploads;
    this.layout = layout;
    this.sorter = new RowSorter(layout, MEMORY_BYTES);
  }

  /** Absent if rows are written as they come. */
  static Optional<HeldRows> of(JobSpec spec, Optional<ObjectStore> store, Uploads uploads) {
    return RowLayout.of(spec.transform(), spec.sink().limits())
        .map(layout -> new HeldRows(spec, store, uploads, layout));
  }

  void add(RowBatch batch) throws IOException {
    sorter.add(batch);
  }

  /** Takes rows of a {@link io.penstock.spec.RunFile}. */
  void addWritten(byte[] bytes, int length) throws IOException {
    sorter.addWritten(bytes, length);
  }

  /** Everything goes to partitions. */
  void writeTo(TaskPartitions partitions) throws IOException {
    BatchedRows batches =
        new BatchedRows(
            layout, batch -> partitions.append(batch, batch.column(layout.timeColumn())));
    sorter.drain(batches);
    batches.flush();
  }

  /** Everything goes to files that are to be merged. */
  List<RunFiles.Written> writeRuns(int task) throws IOException {
    RunFiles files = new RunFiles(spec, task, store, uploads);
    runs = Optional.of(files);
    sorter.drain(files);
    return files.finish();
  }

  /** What was lost by combining rows, in full sentences. */
  List<String> losses() {
    return layout.losses();
  }

  void giveUp() throws IOException {
    if (runs.isPresent()) {
      runs.get().abort();
    }
    forget();
  }

  /** The task is over. */
  void forget() throws IOException {
    runs = Optional.empty();
    sorter.clear();
    List<String> unused = layout.losses();
  }

  @Override
  public void close() throws IOException {
    sorter.close();
  }
}

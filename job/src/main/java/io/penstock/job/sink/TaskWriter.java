package io.penstock.job.sink;

import io.penstock.job.parquet.PageCompressor;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of one task after another to partitions. Free of Flink; used by one thread, with
 * uploads on others. What it holds of an unfinished task is given up at the next start of a task.
 */
final class TaskWriter implements RowEvent.Receiver, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskWriter.class);
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final JobSpec spec;
  private final Optional<ObjectStore> store;
  private final Consumer<TaskCommittable> finished;
  private final PageCompressor compressor;
  private final Uploads uploads;
  private final int timeColumn;
  private final TimeBuckets buckets;

  private final Map<Long, OpenPartition> open = new LinkedHashMap<>(16, 0.75f, true);
  private final List<OpenPartition> sealed = new ArrayList<>();
  private final Map<Long, Integer> sequences = new HashMap<>();
  private PlannedTask task;
  private RejectWriter rejects;
  private long rowsWritten;
  private boolean sealedEarly;

  /**
   * @param store absent to write nothing, in a dry run
   * @param finished takes each task when it is complete
   */
  TaskWriter(JobSpec spec, Optional<ObjectStore> store, Consumer<TaskCommittable> finished) {
    this.spec = spec;
    this.store = store;
    this.finished = finished;
    this.compressor = new PageCompressor(spec.sink().zstdLevel());
    this.uploads = new Uploads();
    this.timeColumn = spec.transform().timeColumnIndex();
    this.buckets = new TimeBuckets(spec.sink().limits().maxSpan().toSeconds() * MICROS_PER_SECOND);
  }

  int openPartitions() {
    return open.size();
  }

  @Override
  public void taskStarted(RowEvent.TaskStarted event) {
    giveUp();
    task = event.task();
  }

  @Override
  public void batch(RowBatch batch) throws IOException {
    for (RejectedRow row : batch.rejects()) {
      if (rejects == null) {
        rejects = new RejectWriter(spec, task.number(), store, uploads);
      }
      rejects.add(row);
    }
    ColumnVector time = batch.column(timeColumn);
    int groups = buckets.divide(time, batch.selected(), batch.selectedRows());
    for (int group = 0; group < groups; group++) {
      append(batch, group, time);
    }
    rowsWritten += batch.selectedRows();
  }

  private void append(RowBatch batch, int group, ColumnVector time) throws IOException {
    long maxRows = spec.sink().limits().maxRows();
    long bucket = buckets.bucket(group);
    int next = buckets.from(group);
    int to = buckets.to(group);
    while (next < to) {
      OpenPartition partition = partition(bucket);
      int count = (int) Math.min(to - next, maxRows - partition.rows());
      partition.append(batch, buckets.rows(), next, next + count, time);
      next += count;
      if (partition.rows() == maxRows) {
        seal(open.remove(bucket));
      }
    }
  }

  private OpenPartition partition(long bucket) throws IOException {
    OpenPartition known = open.get(bucket);
    if (known != null) {
      return known;
    }
    PartitionLimits limits = spec.sink().limits();
    if (open.size() >= limits.maxOpen()) {
      Iterator<OpenPartition> leastRecentlyWritten = open.values().iterator();
      OpenPartition victim = leastRecentlyWritten.next();
      leastRecentlyWritten.remove();
      seal(victim);
      sealedEarly = true;
    }
    int sequence = sequences.merge(bucket, 1, Integer::sum) - 1;
    long bucketStart = bucket * spec.sink().limits().maxSpan().toSeconds();
    String key = PartitionName.of(spec, task.number(), bucketStart, sequence);
    OpenPartition made =
        new OpenPartition(
            key,
            new UploadStream(store, uploads, spec.sink().bucket(), key),
            spec.transform().columns(),
            compressor);
    open.put(bucket, made);
    return made;
  }

  private void seal(OpenPartition partition) throws IOException {
    partition.seal();
    sealed.add(partition);
  }

  @Override
  public void taskDecoded(RowEvent.TaskDecoded event) throws IOException {
    for (OpenPartition partition : open.values()) {
      seal(partition);
    }
    open.clear();
    List<OpenPartition.Sealed> written = new ArrayList<>();
    for (OpenPartition partition : sealed) {
      written.add(partition.await());
    }
    Optional<RejectWriter.Finished> rejected = Optional.empty();
    if (rejects != null) {
      rejected = Optional.of(rejects.finish());
    }
    long rejectedRows = rejected.map(r -> r.file().rows()).orElse(0L);
    TaskCounts counts = event.counts();
    if (counts.rowsWritten() != rowsWritten || counts.rowsRejected() != rejectedRows) {
      throw new IllegalStateException(
          "task %d: %d rows and %d rejects were decoded, %d and %d were written"
              .formatted(
                  task.number(),
                  counts.rowsWritten(),
                  counts.rowsRejected(),
                  rowsWritten,
                  rejectedRows));
    }
    finished.accept(committable(event, written, rejected));
    forget();
  }

  private TaskCommittable committable(
      RowEvent.TaskDecoded event,
      List<OpenPartition.Sealed> written,
      Optional<RejectWriter.Finished> rejected) {
    List<String> warnings = new ArrayList<>();
    if (sealedEarly) {
      warnings.add(
          "task %d needed more than %d open partitions; some were closed early"
              .formatted(task.number(), spec.sink().limits().maxOpen()));
    }
    Optional<RejectFile> rejectFile = rejected.map(RejectWriter.Finished::file);
    TaskRecord record =
        new TaskRecord(
            TaskRecord.VERSION,
            task,
            event.counts(),
            written.stream().map(OpenPartition.Sealed::partition).toList(),
            rejectFile,
            event.skipped(),
            warnings);
    List<Upload> toComplete = new ArrayList<>();
    if (store.isPresent()) {
      written.forEach(one -> toComplete.add(one.upload()));
      rejected.ifPresent(one -> toComplete.add(one.upload()));
    }
    return new TaskCommittable(record, toComplete);
  }

  @Override
  public void taskDropped(RowEvent.TaskDropped event) {
    giveUp();
  }

  /** Best effort: what cannot be aborted now is swept up when the job has ended. */
  private void giveUp() {
    sealed.forEach(partition -> quietly(partition::abort));
    open.values().forEach(partition -> quietly(partition::abort));
    if (rejects != null) {
      quietly(rejects::abort);
    }
    forget();
  }

  private void forget() {
    open.clear();
    sealed.clear();
    sequences.clear();
    task = null;
    rejects = null;
    rowsWritten = 0;
    sealedEarly = false;
  }

  /** Something that may fail without harm. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  private static void quietly(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException e) {
      LOG.debug("cannot abort an upload", e);
    }
  }

  @Override
  public void close() {
    giveUp();
    uploads.close();
    compressor.close();
  }
}

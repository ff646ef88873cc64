package io.penstock.job.sink;

import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Heap of all open partitions. Not a setting: it decides where partitions end, and a task that is
   * run again must write the same ones.
   */
  private static final long MAX_HELD_BYTES = 160L * 1024 * 1024;

  private final JobSpec spec;
  private final Optional<ObjectStore> store;
  private final Consumer<TaskCommittable> finished;
  private final Uploads uploads = new Uploads();
  private final TaskPartitions partitions;
  private final Optional<HeldRows> held;
  private final int timeColumn;

  private PlannedTask task;
  private Instant started;
  private RejectWriter rejects;
  private long rowsWritten;

  /**
   * @param store absent to write nothing, in a dry run
   * @param finished takes each task when it is complete
   */
  TaskWriter(JobSpec spec, Optional<ObjectStore> store, Consumer<TaskCommittable> finished) {
    this(spec, store, finished, MAX_HELD_BYTES);
  }

  TaskWriter(
      JobSpec spec,
      Optional<ObjectStore> store,
      Consumer<TaskCommittable> finished,
      long maxHeldBytes) {
    this.spec = spec;
    this.store = store;
    this.finished = finished;
    this.partitions = new TaskPartitions(spec, store, uploads, maxHeldBytes);
    this.held = HeldRows.of(spec, store, uploads);
    this.timeColumn = spec.transform().timeColumnIndex();
  }

  int openPartitions() {
    return partitions.size();
  }

  @Override
  public void taskStarted(RowEvent.TaskStarted event) {
    giveUp();
    task = event.task();
    started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    partitions.begin(task.number());
  }

  @Override
  public void batch(RowBatch batch) throws IOException {
    for (RejectedRow row : batch.rejects()) {
      if (rejects == null) {
        rejects = new RejectWriter(spec, task.number(), store, uploads);
      }
      rejects.add(row);
    }
    if (held.isPresent()) {
      held.get().add(batch);
    } else {
      partitions.append(batch, batch.column(timeColumn));
    }
    rowsWritten += batch.selectedRows();
  }

  @Override
  public void writtenRows(RowEvent.WrittenRows event) throws IOException {
    held.orElseThrow().addWritten(event.bytes(), event.length());
  }

  @Override
  public void taskDecoded(RowEvent.TaskDecoded event) throws IOException {
    List<RunFiles.Written> runs = endHeld();
    List<SealedPartition.Uploaded> written = partitions.finish();
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
    finished.accept(committable(event, written, runs, rejected));
    forget();
  }

  /** Only what all tasks have is perfectly rolled up, and only that goes to partitions. */
  private List<RunFiles.Written> endHeld() throws IOException {
    if (held.isEmpty()) {
      return List.of();
    }
    if (spec.transform().rollup().isPresent() && !task.merges()) {
      return held.get().writeRuns(task.number());
    }
    held.get().writeTo(partitions);
    return List.of();
  }

  private TaskCommittable committable(
      RowEvent.TaskDecoded event,
      List<SealedPartition.Uploaded> written,
      List<RunFiles.Written> runs,
      Optional<RejectWriter.Finished> rejected) {
    Optional<RejectFile> rejectFile = rejected.map(RejectWriter.Finished::file);
    List<String> warnings = new ArrayList<>(partitions.warnings());
    held.ifPresent(rows -> warnings.addAll(rows.losses()));
    TaskRecord record =
        new TaskRecord(
            TaskRecord.VERSION,
            task,
            event.counts(),
            written.stream().map(SealedPartition.Uploaded::partition).toList(),
            rejectFile,
            event.skipped(),
            warnings,
            runs.stream().map(RunFiles.Written::file).toList());
    List<Upload> toComplete = new ArrayList<>();
    if (store.isPresent()) {
      written.forEach(one -> toComplete.add(one.upload()));
      runs.forEach(one -> toComplete.add(one.upload()));
      rejected.ifPresent(one -> toComplete.add(one.upload()));
    }
    return new TaskCommittable(record, toComplete, Optional.of(started));
  }

  @Override
  public void taskDropped(RowEvent.TaskDropped event) {
    giveUp();
  }

  /** Best effort: what cannot be aborted now is swept up when the job has ended. */
  private void giveUp() {
    partitions.giveUp();
    held.ifPresent(rows -> tryTo(rows::giveUp));
    if (rejects != null) {
      tryTo(rejects::abort);
    }
    forget();
  }

  private static void tryTo(Uploads.Transfer abort) {
    try {
      abort.run();
    } catch (IOException e) {
      LOG.debug("cannot abort an upload", e);
    }
  }

  private void forget() {
    partitions.forget();
    held.ifPresent(rows -> tryTo(rows::forget));
    task = null;
    rejects = null;
    rowsWritten = 0;
  }

  @Override
  public void close() {
    giveUp();
    partitions.close();
    held.ifPresent(rows -> tryTo(rows::close));
    uploads.close();
  }
}

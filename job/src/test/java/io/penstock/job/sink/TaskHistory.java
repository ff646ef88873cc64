package io.penstock.job.sink;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.ColumnType;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Tells a {@link TaskWriter} the events of tasks, with rows of one time column in minutes. */
final class TaskHistory implements AutoCloseable {
  private static final long MICROS_PER_MINUTE = 60_000_000;

  private final List<TaskCommittable> finished = new ArrayList<>();
  private final TaskWriter writer;
  private long written;
  private long rejected;

  TaskHistory(JobSpec spec, ObjectStore store) {
    writer = new TaskWriter(spec, Optional.of(store), finished::add);
  }

  /**
   * @param maxHeldBytes heap for open partitions
   */
  TaskHistory(JobSpec spec, ObjectStore store, long maxHeldBytes) {
    writer = new TaskWriter(spec, Optional.of(store), finished::add, maxHeldBytes);
  }

  static PlannedTask task(int number) {
    return new PlannedTask(number, List.of(new PlannedObject("in/" + number, "\"e\"", 1)));
  }

  TaskHistory start(int task) {
    written = 0;
    rejected = 0;
    writer.taskStarted(new RowEvent.TaskStarted(task(task)));
    return this;
  }

  /** One batch. */
  TaskHistory rows(long... minutes) throws IOException {
    return batch(Arrays.stream(minutes).map(minute -> minute * MICROS_PER_MINUTE).toArray());
  }

  /** As many batches as are needed. */
  TaskHistory rowsAt(LongStream micros) throws IOException {
    long[] times = micros.toArray();
    for (int from = 0; from < times.length; from += RowBatch.CAPACITY) {
      int to = Math.min(times.length, from + RowBatch.CAPACITY);
      batch(Arrays.copyOfRange(times, from, to));
    }
    return this;
  }

  private TaskHistory batch(long[] micros) throws IOException {
    ColumnVector time = new ColumnVector(ColumnType.TIMESTAMP);
    RowBatch batch = new RowBatch(time);
    for (long at : micros) {
      time.setLong(batch.rows(), at);
      batch.endRow();
    }
    written += micros.length;
    writer.batch(batch);
    return this;
  }

  /** One batch, of which only the rows at odd places are selected. */
  TaskHistory everyOther(long... minutes) throws IOException {
    ColumnVector time = new ColumnVector(ColumnType.TIMESTAMP);
    RowBatch batch = new RowBatch(time);
    boolean[] odd = new boolean[minutes.length];
    for (int i = 0; i < minutes.length; i++) {
      time.setLong(i, minutes[i] * MICROS_PER_MINUTE);
      batch.endRow();
      odd[i] = i % 2 == 1;
    }
    batch.select(odd);
    written += minutes.length / 2;
    writer.batch(batch);
    return this;
  }

  TaskHistory reject(String reason) throws IOException {
    RowBatch batch = new RowBatch(new ColumnVector(ColumnType.TIMESTAMP));
    batch
        .rejects()
        .add(
            new RejectedRow(
                "s3://landing/in/0",
                1,
                0,
                Optional.empty(),
                RejectCode.MALFORMED_ROW,
                reason,
                Optional.of("{"),
                Optional.empty()));
    rejected++;
    writer.batch(batch);
    return this;
  }

  TaskHistory drop() {
    writer.taskDropped(new RowEvent.TaskDropped());
    return this;
  }

  /** As the decoder would say, if it had delivered everything. */
  TaskCommittable end() throws IOException {
    return end(new TaskCounts(written + rejected, written, 0, rejected, 1, 1, 1));
  }

  TaskCommittable end(TaskCounts counts) throws IOException {
    writer.taskDecoded(new RowEvent.TaskDecoded(counts, List.of()));
    return finished.get(finished.size() - 1);
  }

  @Override
  public void close() {
    writer.close();
  }
}

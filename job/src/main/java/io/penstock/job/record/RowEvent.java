package io.penstock.job.record;

import io.penstock.spec.PlannedTask;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.util.List;

/**
 * An element of the stream from the decoder to the sink: a task's {@link TaskStarted}, its batches,
 * or {@link WrittenRows} if it merges, then {@link TaskDecoded} or {@link TaskDropped}.
 */
public sealed interface RowEvent
    permits RowEvent.TaskStarted,
        RowBatch,
        RowEvent.WrittenRows,
        RowEvent.TaskDecoded,
        RowEvent.TaskDropped {
  void deliverTo(Receiver receiver) throws IOException;

  /** One method per kind of event. */
  interface Receiver {
    void taskStarted(TaskStarted event) throws IOException;

    void batch(RowBatch batch) throws IOException;

    void writtenRows(WrittenRows event) throws IOException;

    void taskDecoded(TaskDecoded event) throws IOException;

    void taskDropped(TaskDropped event) throws IOException;
  }

  /** A task begins; whatever is held of an unfinished task is void. */
  record TaskStarted(PlannedTask task) implements RowEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.taskStarted(this);
    }
  }

  /**
   * Whole rows of a {@link io.penstock.spec.RunFile}, in a task that merges. Valid only during the
   * call that delivers it.
   *
   * @param bytes only the first {@code length} count
   */
  record WrittenRows(byte[] bytes, int length) implements RowEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.writtenRows(this);
    }
  }

  /** The end mark: all rows of the task have been delivered, {@code counts} says how many. */
  record TaskDecoded(TaskCounts counts, List<TaskRecord.SkippedObject> skipped)
      implements RowEvent {
    public TaskDecoded {
      skipped = List.copyOf(skipped);
    }

    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.taskDecoded(this);
    }
  }

  /** The task failed; nothing of it may be kept. */
  record TaskDropped() implements RowEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.taskDropped(this);
    }
  }
}

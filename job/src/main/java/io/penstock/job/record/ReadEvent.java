package io.penstock.job.record;

import io.penstock.spec.PlannedTask;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.util.List;

/**
 * An element of the stream from the source to the decoder. Per subtask the events of one task come
 * in a row: {@link TaskStarted}, then {@link Chunk}, {@link OversizedRecord} or {@link TypedRows},
 * and {@link ObjectRead} in order of the objects, then {@link TaskRead} or {@link TaskGivenUp}.
 * {@link TaskFoundDone} stands alone. After a restore the task begins anew with {@link
 * TaskStarted}.
 */
public sealed interface ReadEvent
    permits ReadEvent.TaskStarted,
        ReadEvent.ObjectStarted,
        Chunk,
        ReadEvent.OversizedRecord,
        TypedRows,
        ReadEvent.ObjectRead,
        ReadEvent.TaskRead,
        ReadEvent.TaskGivenUp,
        ReadEvent.TaskFoundDone {
  void deliverTo(Receiver receiver) throws IOException;

  /** Whether nothing of the task follows. */
  default boolean endsTask() {
    return false;
  }

  /** One method per kind of event. */
  interface Receiver {
    void taskStarted(TaskStarted event) throws IOException;

    void objectStarted(ObjectStarted event) throws IOException;

    void chunk(Chunk chunk) throws IOException;

    void oversizedRecord(OversizedRecord event) throws IOException;

    void typedRows(TypedRows event) throws IOException;

    void objectRead(ObjectRead event) throws IOException;

    void taskRead(TaskRead event) throws IOException;

    void taskGivenUp(TaskGivenUp event) throws IOException;

    void taskFoundDone(TaskFoundDone event) throws IOException;
  }

  /** A task begins; whatever is held of an unfinished task is void. */
  record TaskStarted(PlannedTask task) implements ReadEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.taskStarted(this);
    }
  }

  /** The next object of the task; the chunks that follow are its bytes. */
  record ObjectStarted(String url) implements ReadEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.objectStarted(this);
    }
  }

  /**
   * A record longer than a record may be. Its bytes were skipped to the next record boundary.
   *
   * @param head the record's first bytes, as many as a reject keeps
   * @param bytes of the whole record, decompressed, with its line end
   * @param storedBytes as in {@link Chunk#storedBytes()}
   */
  record OversizedRecord(byte[] head, long line, long byteOffset, long bytes, long storedBytes)
      implements ReadEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.oversizedRecord(this);
    }
  }

  /**
   * The object has been read to its end.
   *
   * @param storedBytes of the object that no chunk has accounted for
   * @param counts whether it is an object more; false for further parts of the same
   */
  record ObjectRead(long storedBytes, boolean counts) implements ReadEvent {
    /** Of an object that was read as a whole. */
    public ObjectRead(long storedBytes) {
      this(storedBytes, true);
    }

    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.objectRead(this);
    }
  }

  /**
   * The task has been read to its end.
   *
   * @param skipped objects that were left out by policy
   */
  record TaskRead(List<TaskRecord.SkippedObject> skipped) implements ReadEvent {
    public TaskRead {
      skipped = List.copyOf(skipped);
    }

    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.taskRead(this);
    }

    @Override
    public boolean endsTask() {
      return true;
    }
  }

  /** The task cannot be read; the failure has been written down. What it wrote so far is void. */
  record TaskGivenUp(TaskFailure failure) implements ReadEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.taskGivenUp(this);
    }

    @Override
    public boolean endsTask() {
      return true;
    }
  }

  /** The task was finished by an earlier attempt; nothing of it is read again. */
  record TaskFoundDone(PlannedTask task, TaskCounts counts) implements ReadEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.taskFoundDone(this);
    }

    @Override
    public boolean endsTask() {
      return true;
    }
  }
}

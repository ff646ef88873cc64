package io.penstock.job.source;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkRuntimeException;

/** Gives the events of one task, in order. Used by the reader's fetcher thread. */
final class TaskReader implements AutoCloseable {
  private final JobSpec spec;
  private final PlannedTask task;
  private final TaskObjects source;
  private final ObjectStore system;
  private final boolean mayBeDone;
  private final List<TaskRecord.SkippedObject> skipped = new ArrayList<>();
  private final List<PlannedObject> objects;

  private boolean checked;
  private boolean started;
  private boolean ended;
  private int nextObject;
  private ObjectEvents open;

  /**
   * @param source of the bucket that the task's objects are in
   * @param mayBeDone whether an earlier attempt may have finished the task
   */
  TaskReader(
      JobSpec spec, PlannedTask task, TaskObjects source, ObjectStore system, boolean mayBeDone) {
    this.spec = spec;
    this.task = task;
    this.source = source;
    this.system = system;
    this.mayBeDone = mayBeDone;
    this.objects = new ArrayList<>(task.objects());
    if (!askFirst()) {
      source.begin(objects);
    }
  }

  /** Whether the last event has been given. */
  boolean ended() {
    return ended;
  }

  ReadEvent next() throws IOException {
    if (!checked) {
      checked = true;
      Optional<TaskRecord> done = mayBeDone ? record() : Optional.empty();
      if (done.isPresent()) {
        ended = true;
        return new ReadEvent.TaskFoundDone(task, done.get().counts());
      }
      if (askFirst()) {
        source.begin(objects);
      }
    }
    if (!started) {
      started = true;
      return new ReadEvent.TaskStarted(task);
    }
    try {
      return read();
    } catch (UnreadableException e) {
      return failed(TaskFailure.FailureCode.UNREADABLE, e);
    } catch (ObjectStoreException e) {
      if (!e.permanent()) {
        throw e;
      }
      return failed(e.code(), e);
    }
  }

  /** In later attempts most tasks are done: their objects shall not come while S3 is asked. */
  private boolean askFirst() {
    return mayBeDone && spec.attempt() > 1;
  }

  private ReadEvent read() throws IOException {
    if (open == null) {
      if (nextObject == objects.size()) {
        ended = true;
        return new ReadEvent.TaskRead(skipped);
      }
      PlannedObject object = objects.get(nextObject);
      open = source.open(nextObject, object);
      return new ReadEvent.ObjectStarted(url(object));
    }
    Optional<ReadEvent> event = open.next();
    if (event.isPresent()) {
      return event.get();
    }
    long unreported = open.unreported();
    closeObject();
    boolean first = objects.get(nextObject).first();
    nextObject++;
    return new ReadEvent.ObjectRead(unreported, first);
  }

  private ReadEvent failed(TaskFailure.FailureCode code, IOException cause) throws IOException {
    closeObject();
    String url = url(objects.get(nextObject));
    if (spec.failurePolicy() == FailurePolicy.SKIP_OBJECT && !task.merges()) {
      skipped.add(new TaskRecord.SkippedObject(url, cause.getMessage()));
      objects.remove(nextObject);
      nextObject = 0;
      source.begin(objects);
      return new ReadEvent.TaskStarted(task);
    }
    TaskFailure failure =
        new TaskFailure(
            TaskFailure.VERSION,
            OptionalInt.of(task.number()),
            code,
            url,
            cause.getMessage(),
            Instant.now());
    system.put(
        spec.sink().bucket(),
        spec.folder().taskFailure(spec.attempt(), task.number()),
        SpecJson.write(failure));
    if (spec.failurePolicy() == FailurePolicy.FAIL_JOB || task.merges()) {
      throw new FlinkRuntimeException(
          new SuppressRestartsException(new IOException(url + ": " + cause.getMessage(), cause)));
    }
    ended = true;
    return new ReadEvent.TaskGivenUp(failure);
  }

  private String url(PlannedObject object) {
    return task.merges()
        ? "s3://" + spec.sink().bucket() + "/" + object.key()
        : spec.source().url(object.key());
  }

  private Optional<TaskRecord> record() throws IOException {
    return system
        .get(spec.sink().bucket(), spec.folder().taskRecord(task.number()))
        .map(json -> SpecJson.read(json, TaskRecord.class));
  }

  private void closeObject() throws IOException {
    if (open != null) {
      ObjectEvents closing = open;
      open = null;
      closing.close();
    }
  }

  @Override
  public void close() throws IOException {
    closeObject();
    source.forget();
  }
}

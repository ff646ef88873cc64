package io.penstock.job.source;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.SpecJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the plan segments that somebody else writes into the job's folder, and hands their tasks
 * out, in order, to readers that ask. It never says that there are no more. One segment is in
 * memory at a time, and the next one is looked for only while a reader waits. All methods but
 * {@link #read} run on the coordinator's thread.
 */
final class ArrivalEnumerator implements SplitEnumerator<IndexTaskSplit, PlanState> {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivalEnumerator.class);

  /** Between two looks for a segment that is not there yet. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private final JobSpec spec;
  private final ObjectStore system;
  private final SplitEnumeratorContext<IndexTaskSplit> context;

  private final TaskHandout handout;
  private boolean reading;

  /**
   * @param system where the plan is written; closed with this
   */
  ArrivalEnumerator(
      JobSpec spec,
      ObjectStore system,
      SplitEnumeratorContext<IndexTaskSplit> context,
      PlanState restored) {
    this.spec = spec;
    this.system = system;
    this.context = context;
    this.handout = new TaskHandout(context, restored);
  }

  @Override
  public void start() {
    context.callAsync(() -> true, (tick, failure) -> look(), POLL.toMillis(), POLL.toMillis());
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    handout.ask(subtask);
    look();
  }

  @Override
  public void addSplitsBack(List<IndexTaskSplit> splits, int subtask) {
    handout.giveBack(splits, subtask);
    look();
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask when they are ready.
  }

  /** Hands out, and reads the next segment if a reader waits for it. */
  private void look() {
    if (!reading && handout.leavesWaiting()) {
      reading = true;
      int wanted = handout.nextSegment();
      context.callAsync(() -> read(wanted), this::onRead);
    }
  }

  /** I/O thread. Empty if the segment has not been written yet. */
  private Optional<PlanSegment> read(int wanted) throws IOException {
    String key = spec.folder().planSegment(wanted);
    Optional<PlanSegment> read =
        system.get(spec.sink().bucket(), key).map(json -> SpecJson.read(json, PlanSegment.class));
    if (read.isPresent() && read.get().segment() != wanted) {
      throw new IllegalStateException(
          "plan segment %s is numbered %d".formatted(key, read.get().segment()));
    }
    return read;
  }

  private void onRead(Optional<PlanSegment> read, Throwable failure) {
    reading = false;
    if (failure instanceof ObjectStoreException refused && refused.permanent()) {
      throw new FlinkRuntimeException(new SuppressRestartsException(refused));
    }
    if (failure instanceof IOException) {
      // A stream waits for its storage to come back; the next tick looks again.
      LOG.warn("cannot look for plan segment {}: {}", handout.nextSegment(), failure.getMessage());
      return;
    }
    if (failure != null) {
      throw new FlinkRuntimeException("cannot follow the plan: " + failure.getMessage(), failure);
    }
    read.ifPresent(this::take);
  }

  private void take(PlanSegment read) {
    // A task that is planned again is alone in its segment: none of that has been handed out.
    boolean alone = read.tasks().size() == 1;
    int next = handout.nextTask();
    handout.take(read, task -> alone || task.number() >= next);
    look();
  }

  @Override
  public PlanState snapshotState(long checkpointId) {
    return handout.state();
  }

  @Override
  public void close() {
    system.close();
  }
}

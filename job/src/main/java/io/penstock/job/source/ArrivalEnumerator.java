package io.penstock.job.source;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.SpecJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private final Deque<PlannedTask> returned;
  private final Deque<PlannedTask> ready = new ArrayDeque<>();
  private final Set<Integer> waiting = new LinkedHashSet<>();
  private int segment;
  private int nextTask;
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
    this.returned = new ArrayDeque<>(restored.returned());
    this.segment = restored.segment();
    this.nextTask = restored.nextTask();
  }

  @Override
  public void start() {
    context.callAsync(() -> true, (tick, failure) -> look(), POLL.toMillis(), POLL.toMillis());
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    waiting.add(subtask);
    assignWaiting();
  }

  @Override
  public void addSplitsBack(List<IndexTaskSplit> splits, int subtask) {
    waiting.remove(subtask);
    splits.stream().filter(split -> !split.ended()).forEach(split -> returned.add(split.task()));
    assignWaiting();
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask when they are ready.
  }

  private void assignWaiting() {
    for (int subtask : new ArrayList<>(waiting)) {
      if (!context.registeredReaders().containsKey(subtask)) {
        waiting.remove(subtask);
      } else if (!returned.isEmpty()) {
        assign(subtask, returned.poll());
      } else if (!ready.isEmpty()) {
        PlannedTask task = ready.poll();
        nextTask = Math.max(nextTask, task.number() + 1);
        assign(subtask, task);
      } else {
        look();
        return;
      }
    }
  }

  private void assign(int subtask, PlannedTask task) {
    waiting.remove(subtask);
    context.assignSplit(new IndexTaskSplit(task, false), subtask);
  }

  /** Reads the next segment, if anybody waits for one. */
  private void look() {
    if (!reading && ready.isEmpty() && !waiting.isEmpty()) {
      reading = true;
      int wanted = segment;
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
      LOG.warn("cannot look for plan segment {}: {}", segment, failure.getMessage());
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
    read.tasks().stream().filter(task -> alone || task.number() >= nextTask).forEach(ready::add);
    segment++;
    assignWaiting();
  }

  @Override
  public PlanState snapshotState(long checkpointId) {
    // The segment in hand is read again after a restore; nextTask says from where on.
    return new PlanState(ready.isEmpty() ? segment : segment - 1, nextTask, List.copyOf(returned));
  }

  @Override
  public void close() {
    system.close();
  }
}

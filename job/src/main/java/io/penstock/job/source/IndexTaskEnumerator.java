package io.penstock.job.source;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.JobSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans on an I/O thread and hands tasks out, in order, to readers that ask. Tasks run while
 * listing goes on; segments of the plan are read back one at a time, so that memory does not grow
 * with the number of objects. All methods but the planner's run on the coordinator's thread.
 */
final class IndexTaskEnumerator implements SplitEnumerator<IndexTaskSplit, PlanState> {
  private static final Logger LOG = LoggerFactory.getLogger(IndexTaskEnumerator.class);
  private static final long LOOK_EVERY_MILLIS = 500;

  /** Looks for tasks that are done while none is under way: many checkpoints long. */
  private static final int FRUITLESS_LOOKS = 1_200;

  private final JobSpec spec;
  private final SplitEnumeratorContext<IndexTaskSplit> context;
  private final ObjectStore source;
  private final ObjectStore system;

  private final TaskHandout handout;
  private Planner planner;
  private PlanSummary summary;
  private boolean readingSegment;
  private boolean looking;
  private int doneBefore;
  private int fruitlessLooks;

  IndexTaskEnumerator(
      JobSpec spec,
      ObjectStores stores,
      SplitEnumeratorContext<IndexTaskSplit> context,
      PlanState restored) {
    this.spec = spec;
    this.context = context;
    this.source = stores.open(spec.source().access());
    this.system = stores.open(spec.sink().access());
    this.handout = new TaskHandout(context, restored);
  }

  @Override
  public void start() {
    context.callAsync(() -> Planner.resume(spec, source, system), this::onTakenUp);
  }

  private void onTakenUp(Planner found, Throwable failure) {
    if (failure != null) {
      throw failed(failure);
    }
    planner = found;
    onPlanned(found.summary(), null);
  }

  private void onPlanned(PlanSummary planned, Throwable failure) {
    if (failure != null) {
      throw failed(failure);
    }
    summary = planned;
    if (planned.complete()) {
      LOG.info(
          "listing ended: {} of {} objects selected, {} tasks",
          planned.objectsSelected(),
          planned.objectsListed(),
          planned.tasks());
    } else if (!planned.listed()) {
      context.callAsync(planner::step, this::onPlanned);
    }
    assignWaiting();
  }

  private void onSegment(PlanSegment read, Throwable failure) {
    if (failure != null) {
      throw failed(failure);
    }
    readingSegment = false;
    int next = handout.nextTask();
    handout.take(read, task -> task.number() >= next);
    assignWaiting();
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    handout.ask(subtask);
    assignWaiting();
  }

  @Override
  public void addSplitsBack(List<IndexTaskSplit> splits, int subtask) {
    handout.giveBack(splits, subtask);
    assignWaiting();
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask when they are ready.
  }

  private void assignWaiting() {
    if (summary == null) {
      return;
    }
    if (!handout.leavesWaiting() || readingSegment) {
      return;
    }
    if (handout.nextSegment() < summary.segments()) {
      readSegment();
    } else if (summary.complete() || fruitlessLooks > FRUITLESS_LOOKS) {
      handout.end();
    } else if (summary.listed()) {
      lookForDoneTasks();
    }
  }

  /** Tasks are done when a checkpoint has committed them, which nobody tells. */
  private void lookForDoneTasks() {
    if (!looking) {
      looking = true;
      context.callAsync(planner::merge, this::onLooked, 0, LOOK_EVERY_MILLIS);
    }
  }

  private void onLooked(Planner.Merging merging, Throwable failure) {
    if (failure != null) {
      throw failed(failure);
    }
    if (summary.complete()) {
      return;
    }
    summary = merging.summary();
    fruitlessLooks = handout.isIdle() && merging.done() == doneBefore ? fruitlessLooks + 1 : 0;
    doneBefore = merging.done();
    if (fruitlessLooks > FRUITLESS_LOOKS) {
      LOG.warn("a task was read but is not done; another attempt has to do it again");
    }
    assignWaiting();
  }

  private void readSegment() {
    readingSegment = true;
    int wanted = handout.nextSegment();
    context.callAsync(() -> planner.segment(wanted), this::onSegment);
  }

  @Override
  public PlanState snapshotState(long checkpointId) {
    return handout.state();
  }

  @Override
  public void close() throws IOException {
    source.close();
    system.close();
  }

  /** Trouble that passes makes Flink try again; anything else is written down and ends the job. */
  private FlinkRuntimeException failed(Throwable failure) {
    if (!(failure instanceof ObjectStoreException refused) || !refused.permanent()) {
      return new FlinkRuntimeException("cannot plan: " + failure.getMessage(), failure);
    }
    TaskFailure record =
        new TaskFailure(
            TaskFailure.VERSION,
            OptionalInt.empty(),
            refused.code(),
            spec.source().url(subject(spec.source().selection())),
            refused.getMessage(),
            Instant.now());
    try {
      system.put(
          spec.sink().bucket(), spec.folder().listFailure(spec.attempt()), SpecJson.write(record));
    } catch (IOException e) {
      LOG.warn("cannot write down why listing failed", e);
    }
    return new FlinkRuntimeException(new SuppressRestartsException(refused));
  }

  private static String subject(ObjectSelection selection) {
    if (selection instanceof ObjectSelection.Prefix prefix) {
      return prefix.prefix();
    }
    return selection instanceof ObjectSelection.ObjectOrFolder named ? named.key() : "";
  }
}

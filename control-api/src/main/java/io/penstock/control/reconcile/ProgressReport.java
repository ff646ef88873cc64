package io.penstock.control.reconcile;

import io.penstock.control.job.Progress;
import io.penstock.control.job.Progress.TaskState;
import io.penstock.spec.Accumulators;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.TaskCounts;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Computes how far a job has come. Pure. */
final class ProgressReport {
  /** One is for finished jobs alone. */
  private static final double ALMOST_ONE = 0.9999;

  private ProgressReport() {}

  /** From Flink's accumulators, while it runs. Rows that are read again are not counted back. */
  static Progress live(
      Progress before, Optional<PlanSummary> plan, Map<String, Long> accumulators, long published) {
    int planned = plan.map(PlanSummary::tasks).orElse(0);
    int failed = Math.toIntExact(accumulators.getOrDefault(Accumulators.TASKS_FAILED, 0L));
    int done =
        Math.min(planned, Math.toIntExact(accumulators.getOrDefault(Accumulators.TASKS_READ, 0L)));
    int started = Math.toIntExact(accumulators.getOrDefault(Accumulators.TASKS_STARTED, 0L));
    int running = Math.max(0, Math.min(planned - done - failed, started - done - failed));
    TaskCounts counts = before.counts().max(counts(accumulators));
    long selected = plan.map(PlanSummary::bytesSelected).orElse(0L);
    double fraction = selected == 0 ? 0 : (double) counts.storedBytes() / selected;
    return new Progress(
        plan.map(p -> p.complete() ? TaskState.DONE : TaskState.RUNNING).orElse(TaskState.RUNNING),
        tasks(planned - done - failed - running, running, done, failed, 0),
        plan.map(p -> !p.complete()).orElse(true),
        Math.max(before.fraction(), Math.min(ALMOST_ONE, fraction)),
        counts,
        plan.map(PlanSummary::objectsListed).orElse(0L),
        plan.map(PlanSummary::objectsSelected).orElse(0L),
        selected,
        before.partitions(),
        before.rejectFiles(),
        published);
  }

  /** From the job's folder, when it has ended. */
  static Progress ended(
      Progress before, Books books, boolean finished, boolean canceled, long published) {
    int done = books.records().size();
    int failed = books.failedTasks();
    int left = Math.max(0, books.planned() - done - failed);
    boolean listFailed = books.failures().stream().anyMatch(f -> f.task().isEmpty());
    boolean complete = books.plan().map(PlanSummary::complete).orElse(false);
    TaskState unlisted = canceled ? TaskState.CANCELED : TaskState.FAILED;
    TaskState listing = listFailed ? TaskState.FAILED : complete ? TaskState.DONE : unlisted;
    TaskCounts counts = books.counts();
    long selected = books.plan().map(PlanSummary::bytesSelected).orElse(0L);
    double fraction = selected == 0 ? 0 : (double) counts.storedBytes() / selected;
    return new Progress(
        listing,
        tasks(canceled ? 0 : left, 0, done, failed, canceled ? left : 0),
        !complete,
        finished ? 1 : Math.max(before.fraction(), Math.min(ALMOST_ONE, fraction)),
        counts,
        books.plan().map(PlanSummary::objectsListed).orElse(0L),
        books.plan().map(PlanSummary::objectsSelected).orElse(0L),
        selected,
        books.partitions(),
        books.rejectFiles(),
        published);
  }

  private static Map<TaskState, Integer> tasks(
      int ready, int running, int done, int failed, int canceled) {
    Map<TaskState, Integer> tasks = new EnumMap<>(TaskState.class);
    tasks.put(TaskState.READY, ready);
    tasks.put(TaskState.RUNNING, running);
    tasks.put(TaskState.DONE, done);
    tasks.put(TaskState.FAILED, failed);
    tasks.put(TaskState.CANCELED, canceled);
    tasks.values().removeIf(count -> count <= 0);
    return tasks;
  }

  static TaskCounts counts(Map<String, Long> accumulators) {
    return new TaskCounts(
        accumulators.getOrDefault(Accumulators.ROWS_READ, 0L),
        accumulators.getOrDefault(Accumulators.ROWS_WRITTEN, 0L),
        accumulators.getOrDefault(Accumulators.ROWS_FILTERED, 0L),
        accumulators.getOrDefault(Accumulators.ROWS_REJECTED, 0L),
        accumulators.getOrDefault(Accumulators.OBJECTS_DONE, 0L),
        accumulators.getOrDefault(Accumulators.STORED_BYTES, 0L),
        accumulators.getOrDefault(Accumulators.DECODED_BYTES, 0L),
        accumulators.getOrDefault(Accumulators.ROWS_WITH_WARNING, 0L));
  }
}

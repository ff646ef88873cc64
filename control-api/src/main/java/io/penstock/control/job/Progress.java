package io.penstock.control.job;

import io.penstock.spec.TaskCounts;
import java.util.Map;

/**
 * How far a job has come.
 *
 * @param listing state of the one LIST task
 * @param tasks INDEX tasks by state, zero counts left out
 * @param estimated whether more tasks may still be planned
 * @param fraction 0 to 1 by source bytes; never falls within an attempt, 1 only when finished
 * @param counts live while running; exact, from task records, when final
 * @param published rows visible in the table
 */
public record Progress(
    TaskState listing,
    Map<TaskState, Integer> tasks,
    boolean estimated,
    double fraction,
    TaskCounts counts,
    long objectsListed,
    long objectsSelected,
    long bytesSelected,
    long partitions,
    long rejectFiles,
    long published) {
  public static final Progress NONE =
      new Progress(TaskState.READY, Map.of(), true, 0, TaskCounts.ZERO, 0, 0, 0, 0, 0, 0);

  public Progress {
    tasks = Map.copyOf(tasks);
  }

  /** Where a task stands. */
  public enum TaskState {
    READY,
    RUNNING,
    DONE,
    FAILED,
    CANCELED
  }
}

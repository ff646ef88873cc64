package io.penstock.job.source;

import io.penstock.spec.PlannedTask;
import java.util.List;

/**
 * The enumerator's checkpoint: how much of the plan has been handed out. The plan itself is on S3.
 *
 * @param segment the plan segment that holds the next task, or the first one not yet written
 * @param nextTask the first task that was never handed out
 * @param returned handed out, and given back by a reader that died
 */
record PlanState(int segment, int nextTask, List<PlannedTask> returned) {
  static final PlanState START = new PlanState(0, 0, List.of());

  PlanState {
    returned = List.copyOf(returned);
  }
}

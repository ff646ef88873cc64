package io.penstock.job.source;

import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlannedTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Hands tasks out, in order, to readers that ask; those that readers gave back come first. Of one
 * segment of the plan at a time. All methods are the coordinator's thread's.
 */
final class TaskHandout {
  private final SplitEnumeratorContext<IndexTaskSplit> context;
  private final Deque<PlannedTask> returned;
  private final Deque<PlannedTask> ready = new ArrayDeque<>();
  private final Set<Integer> waiting = new LinkedHashSet<>();
  private int segment;
  private int nextTask;

  TaskHandout(SplitEnumeratorContext<IndexTaskSplit> context, PlanState restored) {
    this.context = context;
    this.returned = new ArrayDeque<>(restored.returned());
    this.segment = restored.segment();
    this.nextTask = restored.nextTask();
  }

  /** The first segment of which nothing has been taken. */
  int nextSegment() {
    return segment;
  }

  /** The first task that has never been handed out. */
  int nextTask() {
    return nextTask;
  }

  void ask(int subtask) {
    waiting.add(subtask);
  }

  /** Of a reader that is gone, and no longer waits. */
  void giveBack(List<IndexTaskSplit> splits, int subtask) {
    waiting.remove(subtask);
    splits.stream().filter(split -> !split.ended()).forEach(split -> returned.add(split.task()));
  }

  /**
   * @param wanted of the segment's tasks
   */
  void take(PlanSegment next, Predicate<PlannedTask> wanted) {
    next.tasks().stream().filter(wanted).forEach(ready::add);
    segment = next.segment() + 1;
  }

  /**
   * Hands out as long as there are a task and a reader.
   *
   * @return whether readers go on waiting, which means that no task is left
   */
  boolean leavesWaiting() {
    waiting.removeIf(subtask -> !context.registeredReaders().containsKey(subtask));
    for (int subtask : new ArrayList<>(waiting)) {
      if (!returned.isEmpty()) {
        assign(subtask, returned.poll());
      } else if (!ready.isEmpty()) {
        PlannedTask task = ready.poll();
        nextTask = Math.max(nextTask, task.number() + 1);
        assign(subtask, task);
      }
    }
    return !waiting.isEmpty();
  }

  private void assign(int subtask, PlannedTask task) {
    waiting.remove(subtask);
    context.assignSplit(new IndexTaskSplit(task, false), subtask);
  }

  /** Whether every reader waits. */
  boolean isIdle() {
    return returned.isEmpty() && waiting.size() == context.registeredReaders().size();
  }

  /** Tells all that wait that nothing will come. */
  void end() {
    waiting.forEach(context::signalNoMoreSplits);
    waiting.clear();
  }

  /** The segment in hand is read again after a restore; the next task says from where on. */
  PlanState state() {
    return new PlanState(ready.isEmpty() ? segment : segment - 1, nextTask, List.copyOf(returned));
  }
}

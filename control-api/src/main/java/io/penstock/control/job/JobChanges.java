package io.penstock.control.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a job: the only door to its next state. */
public final class JobChanges {
  private static final int MAX_ERRORS = 100;

  /** Of a job without an end; older ones tell nobody anything. */
  private static final int MAX_ATTEMPTS_KEPT = 20;

  private JobChanges() {}

  private static Changes to(Job job, JobState next, Instant now) {
    if (!job.state().next().contains(next)) {
      throw new JobException.IllegalTransition(job.state(), next);
    }
    Changes changes = job.change();
    changes.state = next;
    changes.changedAt = now;
    Attempt last = job.attempt();
    changes.replaceAttempt(
        new Attempt(
            last.number(),
            last.flinkJobId(),
            next,
            last.startFrom(),
            last.checkpoint(),
            last.savepoint()));
    if (next.isFinal()) {
      changes.finishedAt = Optional.of(now);
    }
    return changes;
  }

  public static Job submitting(Job job, Instant now) {
    return to(job, JobState.SUBMITTING, now).make();
  }

  public static Job running(Job job, Instant now) {
    Changes changes = to(job, JobState.RUNNING, now);
    changes.startedAt = job.startedAt().or(() -> Optional.of(now));
    return changes.make();
  }

  public static Job reconciling(Job job, Instant now) {
    return to(job, JobState.RECONCILING, now).make();
  }

  public static Job cancelling(Job job, Instant now) {
    return to(job, JobState.CANCELLING, now).make();
  }

  public static Job canceled(
      Job job, Instant now, Progress progress, CancelReceipt receipt, Optional<String> savepoint) {
    Changes changes = to(job, JobState.CANCELED, now);
    changes.progress = progress;
    changes.receipt = Optional.of(receipt);
    Attempt last = changes.attempts.get(changes.attempts.size() - 1);
    changes.replaceAttempt(
        new Attempt(
            last.number(),
            last.flinkJobId(),
            last.state(),
            last.startFrom(),
            last.checkpoint(),
            savepoint));
    return changes.make();
  }

  public static Job failed(Job job, Instant now, Progress progress, List<String> errors) {
    return failed(job, now, progress, FailureKind.OTHER, errors);
  }

  public static Job failed(
      Job job, Instant now, Progress progress, FailureKind kind, List<String> errors) {
    Changes changes = to(job, JobState.FAILED, now);
    changes.failure = Optional.of(kind);
    changes.progress = progress;
    changes.errors = withErrors(job, errors);
    return changes.make();
  }

  private static List<String> withErrors(Job job, List<String> errors) {
    List<String> all = new ArrayList<>(job.errors());
    all.addAll(errors);
    return all.subList(Math.max(0, all.size() - MAX_ERRORS), all.size());
  }

  public static Job finished(Job job, Instant now, Progress progress, List<String> warnings) {
    Changes changes = to(job, JobState.FINISHED, now);
    changes.progress = progress;
    changes.warnings = warnings;
    return changes.make();
  }

  /** The state stays. */
  public static Job progressed(Job job, Progress progress, Optional<String> checkpoint) {
    Changes changes = job.change();
    changes.progress = progress;
    Attempt last = job.attempt();
    changes.replaceAttempt(
        new Attempt(
            last.number(),
            last.flinkJobId(),
            last.state(),
            last.startFrom(),
            checkpoint.or(last::checkpoint),
            last.savepoint()));
    return changes.make();
  }

  /** A caller wants it stopped; the state follows. */
  public static Job cancelRequested(Job job, Instant now, Principal by) {
    return stopRequested(job, now, by, false);
  }

  /** A caller wants it stopped until further notice; the state follows. */
  public static Job pauseRequested(Job job, Instant now, Principal by) {
    return stopRequested(job, now, by, true);
  }

  private static Job stopRequested(Job job, Instant now, Principal by, boolean pausing) {
    Changes changes = job.change();
    changes.cancelRequested = true;
    changes.pausing = pausing;
    changes.modifiedBy = by;
    changes.modifiedAt = now;
    return changes.make();
  }

  /**
   * A caller wants it to go on although its stop was asked for. What is stopping already stops, and
   * is taken up again then.
   */
  public static Job stopWithdrawn(Job job, Instant now, Principal by) {
    Changes changes = job.change();
    changes.cancelRequested = false;
    changes.pausing = false;
    changes.modifiedBy = by;
    changes.modifiedAt = now;
    return changes.make();
  }

  /**
   * The attempt is lost or over without having done everything, and nobody asked for that: another
   * one does what is left.
   */
  public static Job goingOn(Job job, Instant now, Optional<String> startFrom) {
    return goingOn(job, now, startFrom, List.of());
  }

  /** As above, with why the attempt ended, one sentence each. */
  public static Job goingOn(Job job, Instant now, Optional<String> startFrom, List<String> errors) {
    Changes changes = job.change();
    changes.errors = withErrors(job, errors);
    Attempt last = job.attempt();
    changes.replaceAttempt(
        new Attempt(
            last.number(),
            last.flinkJobId(),
            JobState.FAILED,
            last.startFrom(),
            last.checkpoint(),
            last.savepoint()));
    int dropped = job.definition().continuous() ? changes.attempts.size() - MAX_ATTEMPTS_KEPT : 0;
    changes.attempts.subList(0, Math.max(0, dropped)).clear();
    return nextAttempt(changes, job, now, startFrom);
  }

  /**
   * A caller wants a failed or canceled job taken up again.
   *
   * @throws JobException.IllegalTransition for any other job
   */
  public static Job retried(Job job, Instant now, Principal by) {
    return retried(job, job.definition(), now, by);
  }

  /**
   * As above, to be done otherwise than before. What has a record stays as it was done.
   *
   * @throws JobException.IllegalTransition for a job that is not failed or canceled
   */
  public static Job retried(Job job, JobDefinition definition, Instant now, Principal by) {
    if (job.state() != JobState.FAILED && job.state() != JobState.CANCELED) {
      throw new JobException.IllegalTransition(job.state(), JobState.QUEUED);
    }
    Changes changes = job.change();
    changes.definition = definition;
    changes.elapsedBefore = job.elapsed(now);
    changes.clockStartedAt = now;
    changes.finishedAt = Optional.empty();
    changes.errors = List.of();
    changes.warnings = List.of();
    changes.cancelRequested = false;
    changes.pausing = false;
    changes.failure = Optional.empty();
    changes.receipt = Optional.empty();
    changes.modifiedBy = by;
    changes.modifiedAt = now;
    return nextAttempt(changes, job, now, job.attempt().savepoint());
  }

  private static Job nextAttempt(
      Changes changes, Job job, Instant now, Optional<String> startFrom) {
    int number = job.attempt().number() + 1;
    changes.state = JobState.QUEUED;
    changes.changedAt = now;
    changes.attempts.add(first(job.id(), number, startFrom));
    return changes.make();
  }

  /** An attempt that has not begun. */
  static Attempt first(UUID job, int number, Optional<String> startFrom) {
    return new Attempt(
        number,
        FlinkJobId.of(job, number),
        JobState.QUEUED,
        startFrom,
        Optional.empty(),
        Optional.empty());
  }
}

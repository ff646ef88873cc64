package io.penstock.control.reconcile;

import io.penstock.control.job.Attempt;
import io.penstock.control.job.FlinkGateway;
import io.penstock.control.job.FlinkGateway.Observation;
import io.penstock.control.job.FlinkGateway.SavepointOutcome;
import io.penstock.control.job.FlinkJobId;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobFolders;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Stops a running attempt with a savepoint, or without one when none can be had in time. */
final class Cancellation {
  /** Answers of a reachable Flink that it has no such job, before that is believed. */
  private static final int ABSENCES = 3;

  private final Duration patience;
  private final FlinkGateway flink;
  private final JobFolders folders;
  private final JobEnding ending;
  private final Clock clock;

  /**
   * @param patience how long a savepoint is tried for
   */
  Cancellation(
      Duration patience, FlinkGateway flink, JobFolders folders, JobEnding ending, Clock clock) {
    this.patience = patience;
    this.flink = flink;
    this.folders = folders;
    this.ending = ending;
    this.clock = clock;
  }

  /** Returns at once; the next step goes on. */
  void step(Job job, AttemptMemory memory) throws IOException {
    Attempt attempt = job.attempt();
    Observation seen = flink.find(attempt.flinkJobId());
    if (seen instanceof Observation.Unreachable) {
      return;
    }
    if (seen instanceof Observation.NotFound) {
      if (++memory.absences >= ABSENCES) {
        ending.canceledWithoutFlink(job, "Flink has no such job; no savepoint was taken.");
      }
      return;
    }
    Observation.Found found = (Observation.Found) seen;
    UUID trigger = FlinkJobId.stopTrigger(job.id(), attempt.number(), memory.stopTries);
    boolean over = Set.of("FINISHED", "CANCELED", "FAILED").contains(found.state());
    if (memory.stopAsked.isEmpty()) {
      if (over) {
        endedWhileCancelling(job, found, trigger, memory);
        return;
      }
      memory.stopAsked = Optional.of(clock.instant());
    }
    SavepointOutcome savepoint = flink.savepoint(attempt.flinkJobId(), trigger);
    if (savepoint instanceof SavepointOutcome.Completed completed) {
      if (over) {
        ending.stopped(job, Optional.of(completed.path()), "Stopped with a savepoint.");
      }
    } else if (over) {
      endedWhileCancelling(job, found, trigger, memory);
    } else if (memory.hardCancel) {
      flink.cancel(attempt.flinkJobId());
    } else if (memory.stopTries > 0 && patienceIsOver(memory)) {
      memory.hardCancel = true;
      memory.note = "No savepoint could be taken in time; stopped without one.";
      flink.cancel(attempt.flinkJobId());
    } else if (savepoint instanceof SavepointOutcome.Failed) {
      // Also before the first request: nothing is known of a savepoint nobody asked for.
      memory.stopTries++;
      flink.stop(
          attempt.flinkJobId(),
          FlinkJobId.stopTrigger(job.id(), attempt.number(), memory.stopTries));
    }
  }

  private boolean patienceIsOver(AttemptMemory memory) {
    return memory
        .stopAsked
        .map(asked -> asked.plus(patience).isBefore(clock.instant()))
        .orElse(false);
  }

  /** It ended by itself, or by a savepoint asked for before a restart of this process. */
  private void endedWhileCancelling(
      Job job, Observation.Found found, UUID trigger, AttemptMemory memory) throws IOException {
    Books books = Books.read(folders, job);
    if (found.state().equals("FINISHED") && books.allEnded() && books.failures().isEmpty()) {
      ending.conclude(job, books, Optional.empty());
      return;
    }
    Optional<String> path = anySavepoint(job, trigger);
    String note = memory.note;
    ending.stopped(job, path, note.isEmpty() ? "The job ended while it was being stopped." : note);
  }

  /** Also one that was asked for before a restart of this process. */
  private Optional<String> anySavepoint(Job job, UUID trigger) {
    Attempt attempt = job.attempt();
    UUID first = FlinkJobId.stopTrigger(job.id(), attempt.number(), 1);
    for (UUID one : List.of(trigger, first)) {
      if (flink.savepoint(attempt.flinkJobId(), one)
          instanceof SavepointOutcome.Completed completed) {
        return Optional.of(completed.path());
      }
    }
    return Optional.empty();
  }
}

package io.penstock.control.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a job can change. Used within {@link JobChanges} only, to make the next value. */
final class Changes {
  private final Job job;
  JobDefinition definition;
  Principal modifiedBy;
  Instant modifiedAt;
  Instant changedAt;
  Optional<Instant> startedAt;
  Optional<Instant> finishedAt;
  Duration elapsedBefore;
  Instant clockStartedAt;
  JobState state;
  List<Attempt> attempts;
  Progress progress;
  List<String> errors;
  List<String> warnings;
  Optional<CancelReceipt> receipt;
  boolean cancelRequested;
  boolean pausing;
  Optional<FailureKind> failure;
  long version;

  Changes(Job job) {
    this.job = job;
    this.definition = job.definition();
    this.modifiedBy = job.modifiedBy();
    this.modifiedAt = job.modifiedAt();
    this.changedAt = job.changedAt();
    this.startedAt = job.startedAt();
    this.finishedAt = job.finishedAt();
    this.elapsedBefore = job.elapsedBefore();
    this.clockStartedAt = job.clockStartedAt();
    this.state = job.state();
    this.attempts = new ArrayList<>(job.attempts());
    this.progress = job.progress();
    this.errors = job.errors();
    this.warnings = job.warnings();
    this.receipt = job.receipt();
    this.cancelRequested = job.cancelRequested();
    this.pausing = job.pausing();
    this.failure = job.failure();
    this.version = job.version();
  }

  void replaceAttempt(Attempt attempt) {
    attempts.set(attempts.size() - 1, attempt);
  }

  Job make() {
    return new Job(
        job.id(),
        job.organization(),
        job.name(),
        job.description(),
        job.dialect(),
        job.submitted(),
        definition,
        job.createdBy(),
        modifiedBy,
        job.createdAt(),
        modifiedAt,
        changedAt,
        startedAt,
        finishedAt,
        elapsedBefore,
        clockStartedAt,
        state,
        attempts,
        progress,
        errors,
        warnings,
        receipt,
        cancelRequested,
        pausing,
        failure,
        version);
  }
}

package io.penstock.control.export;

import java.time.Instant;
import java.util.Optional;

/** What of a run can change. Used within {@link ExportRun} only, to make the next value. */
final class RunChanges {
  private final ExportRun run;
  RunState state;
  ExportRun.Counts counts;
  Optional<String> latestError;
  int attempt;
  Optional<Instant> attemptedAt;
  Optional<Instant> notBefore;
  boolean committing;
  Optional<RunOrder> order;
  Optional<Instant> finishedAt;
  Instant updatedAt;
  long version;

  RunChanges(ExportRun run) {
    this.run = run;
    this.state = run.state();
    this.counts = run.counts();
    this.latestError = run.latestError();
    this.attempt = run.attempt();
    this.attemptedAt = run.attemptedAt();
    this.notBefore = run.notBefore();
    this.committing = run.committing();
    this.order = run.order();
    this.finishedAt = run.finishedAt();
    this.updatedAt = run.updatedAt();
    this.version = run.version();
  }

  ExportRun make() {
    return new ExportRun(
        run.id(),
        run.export(),
        run.backfill(),
        run.interval(),
        run.retry(),
        state,
        counts,
        latestError,
        attempt,
        attemptedAt,
        notBefore,
        committing,
        order,
        run.createdAt(),
        finishedAt,
        updatedAt,
        version);
  }
}

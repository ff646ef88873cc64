package io.penstock.control.export;

import io.penstock.control.export.ExportLog.Level;
import io.penstock.control.export.RunExecutor.Committed;
import io.penstock.control.export.RunExecutor.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a run one step on: record what is intended, act, record what came of it. What is repeated
 * after a crash finds what was begun. Thread-safe.
 */
public final class RunStep {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How long a run that is cancelled may take to stop by itself. */
  private static final Duration GENTLY = Duration.ofSeconds(30);

  /** What could not be given up by then is left to the bucket's own rules. */
  private static final Duration GIVEN_UP = Duration.ofDays(1);

  private static final Duration SELDOM = Duration.ofMinutes(10);

  /** While there is no room in Flink. */
  private static final Duration WAIT = Duration.ofSeconds(2);

  /** A run may take as many times the limit of one attempt. */
  private static final int ATTEMPT_LIMITS = 10;

  private final ExportPorts ports;
  private final RunEnding ending;

  public RunStep(ExportPorts ports) {
    this.ports = ports;
    this.ending = new RunEnding(ports);
  }

  /** Returns when to look again; absent when it is over. */
  public Optional<Instant> step(UUID id) {
    while (true) {
      Optional<ExportRun> run = ports.runs().find(id);
      if (run.isEmpty()) {
        return Optional.empty();
      }
      try {
        return step(run.get());
      } catch (ExportException.Stale e) {
        // Cancelled, or another replica was faster: look again.
      }
    }
  }

  private Optional<Instant> step(ExportRun run) {
    if (run.state().isFinal()) {
      return ended(run);
    }
    if (run.committing()) {
      return commit(run);
    }
    return run.attemptedAt().isPresent() ? attempted(run) : begin(run);
  }

  /** What is over without files may still run, and have begun to write. */
  private Optional<Instant> ended(ExportRun run) {
    if (run.state() == RunState.COMPLETED || run.attempt() == 0) {
      return Optional.empty();
    }
    Instant now = ports.now();
    Duration since = Duration.between(run.finishedAt().orElse(now), now);
    boolean gently = run.state() == RunState.CANCELLED && since.compareTo(GENTLY) < 0;
    if (ports.executor().abandon(run, gently) || since.compareTo(GIVEN_UP) > 0) {
      return Optional.empty();
    }
    return Optional.of(now.plus(later(since)));
  }

  /** Twice as late as the last time. */
  private static Duration later(Duration since) {
    Duration least = since.compareTo(LOOK) > 0 ? since : LOOK;
    return least.compareTo(SELDOM) < 0 ? least : SELDOM;
  }

  private Optional<Instant> begin(ExportRun run) {
    Instant now = ports.now();
    if (run.notBefore().filter(now::isBefore).isPresent()) {
      return run.notBefore();
    }
    Optional<Export> export = ports.exports().find(run.export()).filter(one -> !one.deleted());
    if (export.isEmpty() || backfillIsCancelled(run)) {
      ports.runs().update(run.ended(RunState.CANCELLED, Runs.CANCELLED, now));
      return Optional.empty();
    }
    if (!ports.executor().hasRoom()) {
      return Optional.of(now.plus(WAIT));
    }
    ExportRun begun = ports.runs().update(run.attempted(RunOrder.of(export.get(), now), now));
    log(
        begun,
        Level.INFO,
        "Run for %s started (attempt %d)".formatted(RunText.of(run.interval()), begun.attempt()));
    return seen(begun, ports.executor().start(begun));
  }

  /** It may have been cancelled while this run of it was being made. */
  private boolean backfillIsCancelled(ExportRun run) {
    return run.backfill()
        .flatMap(ports.backfills()::find)
        .filter(backfill -> backfill.state() == BackfillState.CANCELLED)
        .isPresent();
  }

  private Optional<Instant> attempted(ExportRun run) {
    Instant now = ports.now();
    Duration limit = run.order().orElseThrow().frequency().attemptLimit();
    if (run.createdAt().plus(limit.multipliedBy(ATTEMPT_LIMITS)).isBefore(now)) {
      return ending.timedOut(run, "It was not over within " + limit.multipliedBy(ATTEMPT_LIMITS));
    }
    if (run.attemptedAt().orElseThrow().plus(limit).isBefore(now)) {
      return ending.failed(
          run,
          new RunFailure(
              RunFailure.Cause.READING,
              "AttemptTimeoutError",
              "The attempt was not over within " + limit));
    }
    return seen(run, ports.executor().look(run));
  }

  private Optional<Instant> seen(ExportRun run, Sight sight) {
    Instant now = ports.now();
    if (sight instanceof Sight.Failed failed) {
      return ending.failed(run, failed.failure());
    }
    if (sight instanceof Sight.Canceled) {
      return ending.terminated(run);
    }
    if (sight instanceof Sight.Written) {
      // One conditional write decides against a cancel.
      return commit(ports.runs().update(run.committingNow(now)));
    }
    if (sight instanceof Sight.Running running) {
      ExportRun progressed = run.progressed(running.counts(), now);
      if (!progressed.equals(run)) {
        ports.runs().update(progressed);
      }
    }
    return Optional.of(now.plus(LOOK));
  }

  private Optional<Instant> commit(ExportRun run) {
    Committed committed = ports.executor().commit(run);
    if (committed instanceof Committed.Done done) {
      ports.ledger().put(run.export(), done.entry());
      ending.completed(run, done.entry());
      return Optional.empty();
    }
    if (committed instanceof Committed.Failed failed) {
      return ending.failed(run, failed.failure());
    }
    return later(run, (Committed.Later) committed);
  }

  /** The record does not change while its commit is tried: its age says how often that was. */
  private Optional<Instant> later(ExportRun run, Committed.Later later) {
    Instant now = ports.now();
    Duration wait = later(Duration.between(run.updatedAt(), now));
    log(
        run,
        Level.WARNING,
        "The files cannot be made visible yet, next try in %d s: %s"
            .formatted(wait.toSeconds(), later.reason()));
    return Optional.of(now.plus(wait));
  }

  private void log(ExportRun run, Level level, String message) {
    ports.log().add(run.export(), run.id(), ports.now(), level, message);
  }
}

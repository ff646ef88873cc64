package io.penstock.control.export;

import io.penstock.control.export.Agenda.Matter;
import io.penstock.control.export.ExportLog.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ends attempts and runs, each in its way, and what follows from that. Thread-safe. */
final class RunEnding {
  private static final Duration MOST_READING = Duration.ofMinutes(10);
  private static final Duration MOST_WRITING = Duration.ofHours(1);

  private final ExportPorts ports;
  private final Runs runs;
  private final AutoPause autoPause;
  private final Gaps gaps;

  RunEnding(ExportPorts ports) {
    this.ports = ports;
    this.runs = new Runs(ports);
    this.autoPause = new AutoPause(ports);
    this.gaps = new Gaps(ports);
  }

  void completed(ExportRun run, Ledger.Entry entry) {
    ExportRun.Counts counts =
        ExportRun.Counts.of(entry.rows(), entry.bytes(), Optional.of(entry.total()));
    ExportRun done = ports.runs().update(run.completed(counts, ports.now()));
    String interval = RunText.of(run.interval());
    for (int i = 0; i < entry.files().size(); i++) {
      Ledger.File file = entry.files().get(i);
      log(
          run,
          Level.INFO,
          "File %d committed: %s, %d rows, %d bytes"
              .formatted(i, file.key(), file.rows(), file.bytes()));
    }
    if (entry.manifestWritten()) {
      log(run, Level.INFO, "Manifest written: " + entry.manifestKey());
    }
    log(
        run,
        Level.INFO,
        entry.files().isEmpty()
            ? "No rows in " + interval + "; nothing written"
            : "Run for %s completed: %d rows, %d bytes, %d files"
                .formatted(interval, entry.rows(), entry.bytes(), entry.files().size()));
    runs.wakeBackfill(done);
  }

  /** Returns when the next attempt is made, or what this one has begun is given up. */
  Optional<Instant> failed(ExportRun run, RunFailure failure) {
    if (failure.cause() == RunFailure.Cause.USER) {
      Optional<Instant> next = ended(run, RunState.FAILED, failure.text());
      autoPause.afterFailure(run.export());
      return next;
    }
    int most = ports.rules().maxAttempts();
    if (most > 0 && run.attempt() >= most) {
      return ended(run, RunState.FAILED_RETRYABLE, failure.text());
    }
    ports.executor().abandon(run, false);
    Instant now = ports.now();
    Duration wait = backoff(run.attempt(), failure.cause());
    ports.runs().update(run.failedOnce(failure.text(), now.plus(wait), now));
    log(
        run,
        Level.WARNING,
        "Attempt %d failed, next in %d s: %s"
            .formatted(run.attempt(), wait.toSeconds(), failure.text()));
    return Optional.of(now.plus(wait));
  }

  /** 1 s, 2 s, 4 s and so on. */
  static Duration backoff(int attempt, RunFailure.Cause cause) {
    Duration most = cause == RunFailure.Cause.READING ? MOST_READING : MOST_WRITING;
    Duration wait = Duration.ofSeconds(1L << Math.min(attempt - 1, 20));
    return wait.compareTo(most) > 0 ? most : wait;
  }

  Optional<Instant> terminated(ExportRun run) {
    return ended(
        run,
        RunState.TERMINATED,
        "Terminated: The job was canceled in Flink, not through this API");
  }

  Optional<Instant> timedOut(ExportRun run, String message) {
    return ended(run, RunState.TIMED_OUT, "TimedOut: " + message);
  }

  /** Returns when what it has begun is given up: at once. */
  private Optional<Instant> ended(ExportRun run, RunState state, String error) {
    ExportRun ended = ports.runs().update(run.ended(state, error, ports.now()));
    String message = "Run for " + RunText.of(run.interval()) + " failed: " + error;
    log(run, Level.ERROR, message);
    ports.alarm().raise(Alarm.Event.RUN_FAILED, run.export(), run.id(), message);
    if (state != RunState.FAILED_RETRYABLE || !retryRun(run)) {
      gaps.after(ended);
    }
    runs.wakeBackfill(ended);
    return Optional.of(ports.now());
  }

  /** A new run of the interval, if the schedule made this one; whether there is one. */
  private boolean retryRun(ExportRun run) {
    if (run.backfill().isPresent() || run.retry() >= ports.rules().runRetries()) {
      return false;
    }
    Instant now = ports.now();
    ExportRun again =
        ExportRun.starting(
            TimeOrderedId.at(now),
            run.export(),
            Optional.empty(),
            run.interval(),
            run.retry() + 1,
            now);
    if (ports.runs().insert(again)) {
      ports.agenda().at(Matter.RUN, again.id(), now);
    }
    return true;
  }

  private void log(ExportRun run, Level level, String message) {
    ports.log().add(run.export(), run.id(), ports.now(), level, message);
  }
}

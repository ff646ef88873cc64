package io.penstock.control.export;

import io.penstock.control.export.Agenda.Matter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Takes a backfill one step on: its runs follow one another. Thread-safe. */
public final class BackfillStep {
  /** The end of a run wakes its backfill; a run that it only awaits does not. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final ExportPorts ports;

  public BackfillStep(ExportPorts ports) {
    this.ports = ports;
  }

  /** Returns when to look again; absent when it is over. */
  public Optional<Instant> step(UUID id) {
    while (true) {
      Optional<Backfill> backfill = ports.backfills().find(id);
      Optional<Export> export = backfill.flatMap(one -> ports.exports().find(one.export()));
      if (export.isEmpty() || backfill.get().state().isFinal()) {
        return Optional.empty();
      }
      try {
        return backfill.get().state() == BackfillState.STARTING
            ? planned(backfill.get(), export.get())
            : next(backfill.get(), export.get());
      } catch (ExportException.Stale e) {
        // Cancelled, or another replica was faster: look again.
      }
    }
  }

  private Optional<Instant> planned(Backfill backfill, Export export) {
    Instant now = ports.now();
    if (backfill.exact().isPresent()) {
      return next(
          ports.backfills().update(backfill.running(Optional.empty(), Optional.empty(), now)),
          export);
    }
    Grid grid = export.schedule().grid();
    Optional<Instant> aligned = backfill.startAt().map(grid::atOrBefore);
    Optional<RowEstimate.Found> found = ports.estimate().of(export, aligned, backfill.endAt());
    if (found.filter(one -> one.rows() == 0).isPresent()) {
      finish(backfill, 0);
      return Optional.empty();
    }
    Optional<Instant> data = found.flatMap(RowEstimate.Found::earliest).map(grid::atOrBefore);
    Optional<Instant> from = aligned.map(start -> data.filter(start::isBefore).orElse(start));
    return next(
        ports.backfills().update(backfill.running(from, found.map(RowEstimate.Found::rows), now)),
        export);
  }

  private Optional<Instant> next(Backfill backfill, Export export) {
    Backfill known = backfill;
    if (backfill.awaited().isPresent()) {
      Optional<ExportRun> awaited = ports.runs().find(backfill.awaited().get());
      if (awaited.filter(run -> !run.state().isFinal()).isPresent()) {
        return Optional.of(ports.now().plus(LOOK));
      }
      if (awaited.isPresent()) {
        Instant end = awaited.get().interval().end();
        known = ports.backfills().update(backfill.passedTo(end, ports.now()));
      }
    }
    Optional<DataInterval> interval = interval(known, export.schedule().grid());
    if (interval.isEmpty()) {
      finish(known, exportedRows(known));
      return Optional.empty();
    }
    return begin(known, export, interval.get());
  }

  private Optional<Instant> begin(Backfill backfill, Export export, DataInterval interval) {
    Instant now = ports.now();
    Duration settling = ports.rules().delay().settlingOf(export.schedule().grid().frequency());
    Instant settled = interval.end().plus(settling);
    if (settled.isAfter(now)) {
      return Optional.of(settled);
    }
    Optional<ExportRun> elsewhere =
        ports.runs().active(export.id()).stream()
            .filter(run -> run.interval().equals(interval))
            .findFirst();
    if (elsewhere.isPresent()) {
      ports.backfills().update(backfill.awaiting(elsewhere.get().id(), now));
      return Optional.of(now.plus(LOOK));
    }
    ExportRun run =
        ExportRun.starting(
            TimeOrderedId.at(now), export.id(), Optional.of(backfill.id()), interval, 0, now);
    // Recorded first: a run that is not there after a crash is made again, never twice.
    ports.backfills().update(backfill.awaiting(run.id(), now));
    ports.runs().insert(run);
    ports.agenda().at(Matter.RUN, run.id(), now);
    return Optional.of(now.plus(LOOK));
  }

  private static Optional<DataInterval> interval(Backfill backfill, Grid grid) {
    if (backfill.exact().isPresent() || backfill.startAt().isEmpty()) {
      return backfill.passed().isPresent()
          ? Optional.empty()
          : backfill
              .exact()
              .or(() -> Optional.of(new DataInterval(Optional.empty(), backfill.endAt())));
    }
    Instant from =
        backfill.passed().orElseGet(() -> grid.atOrBefore(backfill.runsFrom().orElseThrow()));
    Instant to = grid.after(from);
    return to.isAfter(backfill.endAt()) ? Optional.empty() : Optional.of(DataInterval.of(from, to));
  }

  private long exportedRows(Backfill backfill) {
    return ports.runs().ofBackfill(backfill.id()).stream()
        .filter(run -> run.state() == RunState.COMPLETED)
        .mapToLong(run -> run.counts().rows().orElse(0L))
        .sum();
  }

  private void finish(Backfill backfill, long rows) {
    ports
        .backfills()
        .update(backfill.ended(BackfillState.COMPLETED, Optional.of(rows), ports.now()));
    String message = "Backfill completed: " + rows + " rows";
    ports.log().add(backfill.export(), backfill.id(), ports.now(), ExportLog.Level.INFO, message);
    ports.alarm().raise(Alarm.Event.BACKFILL_FINISHED, backfill.export(), backfill.id(), message);
  }
}

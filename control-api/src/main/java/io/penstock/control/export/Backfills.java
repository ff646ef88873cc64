package io.penstock.control.export;

import io.penstock.control.export.Agenda.Matter;
import io.penstock.control.export.ExportLog.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What callers do to backfills. Thread-safe. */
public final class Backfills {
  private final ExportPorts ports;
  private final Runs runs;

  public Backfills(ExportPorts ports) {
    this.ports = ports;
    this.runs = new Runs(ports);
  }

  /** A backfill of the export. */
  public Optional<Backfill> find(UUID export, UUID id) {
    return ports.backfills().find(id).filter(backfill -> backfill.export().equals(export));
  }

  public List<Backfill> page(
      UUID export, BackfillStore.Order order, boolean descending, Optional<Place> after, int most) {
    return ports.backfills().page(export, order, descending, after, most);
  }

  /**
   * @throws ExportException.TooManyBackfills if the project may have no more
   */
  public void checkRoom(UUID project) {
    int most = ports.rules().maxBackfills();
    if (ports.backfills().countActive(project) >= most) {
      throw new ExportException.TooManyBackfills(most);
    }
  }

  /**
   * @param start absent for everything before the end
   * @throws ExportException.TooManyBackfills if the project may have no more
   * @throws ExportException.DuplicateBackfill if the same one runs
   */
  public Backfill create(Export export, Optional<Instant> start, Instant end) {
    return add(export, start, end, Optional.empty(), Optional.of(ports.rules().maxBackfills()));
  }

  /**
   * Of one interval, whatever the grid.
   *
   * @throws ExportException.TooManyBackfills if the project may have no more
   * @throws ExportException.DuplicateBackfill if the same one runs
   */
  Backfill createExact(Export export, DataInterval interval) {
    return add(
        export,
        interval.start(),
        interval.end(),
        Optional.of(interval),
        Optional.of(ports.rules().maxBackfills()));
  }

  /** The intervals whose ends fell into a pause; none if there are none. */
  void ofPause(Export export, Instant pausedAt, Instant resumedAt) {
    if (export.schedule().grid().count(pausedAt, resumedAt) > 0) {
      add(export, Optional.of(pausedAt), resumedAt, Optional.empty(), Optional.empty());
    }
  }

  /** The run's interval once more, as the export is now. */
  public Backfill retry(Export export, ExportRun run) {
    DataInterval interval = run.interval();
    return add(export, interval.start(), interval.end(), Optional.of(interval), Optional.empty());
  }

  private Backfill add(
      Export export,
      Optional<Instant> start,
      Instant end,
      Optional<DataInterval> exact,
      Optional<Integer> most) {
    Instant now = ports.now();
    Backfill backfill = Backfill.starting(TimeOrderedId.at(now), export, start, end, exact, now);
    ports.backfills().insert(backfill, most);
    ports.agenda().at(Matter.BACKFILL, backfill.id(), now);
    return backfill;
  }

  /**
   * First no further run is begun, then those that are not over are cancelled.
   *
   * @throws ExportException.Over if it is over
   */
  public Backfill cancel(UUID id) {
    Backfill cancelled = cancelRecord(id);
    for (ExportRun run : ports.runs().ofBackfill(id)) {
      if (!run.state().isFinal()) {
        cancelRun(run);
      }
    }
    return cancelled;
  }

  private Backfill cancelRecord(UUID id) {
    while (true) {
      Backfill backfill =
          ports.backfills().find(id).orElseThrow(() -> new ExportException.NotFound(id));
      if (backfill.state().isFinal()) {
        throw new ExportException.Over(backfill.state());
      }
      try {
        Backfill cancelled =
            ports
                .backfills()
                .update(backfill.ended(BackfillState.CANCELLED, backfill.totalRows(), ports.now()));
        ports
            .log()
            .add(backfill.export(), id, ports.now(), Level.WARNING, "Backfill was cancelled");
        return cancelled;
      } catch (ExportException.Stale e) {
        // Read again: it may be over.
      }
    }
  }

  private void cancelRun(ExportRun run) {
    try {
      runs.cancel(run.id());
    } catch (ExportException.Over e) {
      // It ended meanwhile, which is as good.
    }
  }

  /** Its runs that are {@code Completed} or {@code Failed}. */
  public long finishedRuns(Backfill backfill) {
    return ports.runs().ofBackfill(backfill.id()).stream()
        .filter(run -> run.state() == RunState.COMPLETED || run.state() == RunState.FAILED)
        .count();
  }
}

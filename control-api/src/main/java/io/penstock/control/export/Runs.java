package io.penstock.control.export;

import io.penstock.control.export.Agenda.Matter;
import io.penstock.control.export.ExportLog.Level;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What callers do to runs. Thread-safe. */
public final class Runs {
  static final String CANCELLED = "Cancelled";

  private final ExportPorts ports;

  public Runs(ExportPorts ports) {
    this.ports = ports;
  }

  /** A run of the export. */
  public Optional<ExportRun> find(UUID export, UUID id) {
    return ports.runs().find(id).filter(run -> run.export().equals(export));
  }

  public List<ExportRun> page(RunStore.Wanted wanted) {
    return ports.runs().page(wanted);
  }

  /** The files that a completed run has written. */
  public Optional<Ledger.Entry> files(UUID run) {
    return ports.ledger().ofRun(run);
  }

  /**
   * The record says so at once; what it began is stopped by whoever looks at it next.
   *
   * @throws ExportException.Over if it is over, or its files are becoming visible
   */
  public ExportRun cancel(UUID id) {
    while (true) {
      ExportRun run = ports.runs().find(id).orElseThrow(() -> new ExportException.NotFound(id));
      if (run.state().isFinal()) {
        throw new ExportException.Over(run.state());
      }
      if (run.committing()) {
        throw new ExportException.Over(RunState.COMPLETED);
      }
      try {
        ExportRun cancelled =
            ports.runs().update(run.ended(RunState.CANCELLED, CANCELLED, ports.now()));
        String message = "Run for " + RunText.of(run.interval()) + " was cancelled";
        ports.log().add(run.export(), id, ports.now(), Level.WARNING, message);
        ports.agenda().at(Matter.RUN, id, ports.now());
        new Gaps(ports).after(cancelled);
        wakeBackfill(cancelled);
        return cancelled;
      } catch (ExportException.Stale e) {
        // Read again: it may have been committed meanwhile.
      }
    }
  }

  void wakeBackfill(ExportRun run) {
    run.backfill().ifPresent(id -> ports.agenda().at(Matter.BACKFILL, id, ports.now()));
  }
}

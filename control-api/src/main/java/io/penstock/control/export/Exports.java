package io.penstock.control.export;

import io.penstock.control.export.Agenda.Matter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers do to exports. Thread-safe. */
public final class Exports {
  private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

  private final ExportPorts ports;
  private final Runs runs;
  private final Backfills backfills;

  public Exports(ExportPorts ports) {
    this.ports = ports;
    this.runs = new Runs(ports);
    this.backfills = new Backfills(ports);
  }

  public Export create(UUID organization, UUID project, Export.Settings settings) {
    Instant now = ports.now();
    Export export = Export.made(TimeOrderedId.at(now), organization, project, settings, now);
    ports.exports().insert(export);
    look(export);
    return export;
  }

  private void look(Export export) {
    ports.agenda().at(Matter.SCHEDULE, export.id(), ports.now());
  }

  /** Those of the organization that have not been deleted, newest first. */
  public List<Export> list(UUID organization) {
    return ports.exports().list(organization);
  }

  /** One that has not been deleted. */
  public Optional<Export> find(UUID id) {
    return ports.exports().find(id).filter(export -> !export.deleted());
  }

  /** Also one that has been deleted. */
  public Optional<Export> everFound(UUID id) {
    return ports.exports().find(id);
  }

  /**
   * @param change decided anew if somebody else was faster
   * @throws ExportException.NotFound if it has been deleted
   */
  public Export change(UUID id, UnaryOperator<Export.Settings> change) {
    return looked(changed(id, export -> export.with(change.apply(export.settings()), ports.now())));
  }

  /** Nothing happens to one that is paused. */
  public Export pause(UUID id) {
    return looked(changed(id, export -> export.pausedNow(ports.now())));
  }

  private Export looked(Export export) {
    look(export);
    return export;
  }

  /**
   * Nothing happens to one that is not paused.
   *
   * @param backfill whether the intervals whose ends fell into the pause are run
   */
  public Export unpause(UUID id, boolean backfill) {
    boolean wasPaused = find(id).map(Export::paused).orElse(false);
    Export export = looked(changed(id, one -> one.resumedNow(ports.now())));
    if (wasPaused && export.lastPausedAt().isPresent()) {
      Instant since = export.lastPausedAt().get();
      if (backfill) {
        backfills.ofPause(export, since, export.updatedAt());
      } else {
        new Gaps(ports).afterPause(export, since, export.updatedAt());
      }
    }
    return export;
  }

  /** Pauses, cancels what runs, and forgets. What fails of that is logged and left. */
  public void delete(UUID id) {
    Export export = pause(id);
    for (Backfill backfill : ports.backfills().active(id)) {
      quietly("cancel backfill", backfill.id(), () -> backfills.cancel(backfill.id()));
    }
    for (ExportRun run : ports.runs().active(id)) {
      quietly("cancel run", run.id(), () -> runs.cancel(run.id()));
    }
    quietly("unschedule", id, () -> ports.agenda().remove(Matter.SCHEDULE, id));
    changed(export.id(), one -> one.deletedNow(ports.now()));
  }

  private static void quietly(String what, UUID id, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warn("cannot {} {} of an export that is deleted", what, id, e);
    }
  }

  private Export changed(UUID id, UnaryOperator<Export> change) {
    while (true) {
      Export export = find(id).orElseThrow(() -> new ExportException.NotFound(id));
      Export changed = change.apply(export);
      if (changed.equals(export)) {
        return export;
      }
      try {
        return ports.exports().update(changed);
      } catch (ExportException.Stale e) {
        // Read again: the change is decided anew on what is there now.
      }
    }
  }
}

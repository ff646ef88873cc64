package io.penstock.control.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The port to where runs are kept. Thread-safe. */
public interface RunStore {
  /** Whether it was added: a run of the schedule is there once for an interval's end and retry. */
  boolean insert(ExportRun run);

  Optional<ExportRun> find(UUID id);

  /**
   * @throws ExportException.Stale if it has been changed since it was read
   */
  ExportRun update(ExportRun run);

  /** Those that are not over, of all exports. */
  List<UUID> active();

  /** Those of the export that are not over, oldest first. */
  List<ExportRun> active(UUID export);

  /** All of a backfill, oldest first. */
  List<ExportRun> ofBackfill(UUID backfill);

  /** The last changed ones, the last one first. */
  List<ExportRun> lastChanged(UUID export, int most);

  /** What a page shows, in its order. */
  List<ExportRun> page(Wanted wanted);

  /**
   * Runs of an export.
   *
   * @param order what both they are sorted by and the range is of
   * @param from inclusive
   * @param to inclusive; of {@link Order#INTERVAL} the end
   * @param states any if empty
   * @param after the place before the page; absent for the first page
   */
  record Wanted(
      UUID export,
      Order order,
      boolean descending,
      Optional<Instant> from,
      Optional<Instant> to,
      Set<RunState> states,
      Optional<Place> after,
      int most) {}

  /** What runs are sorted by; the id decides ties. */
  enum Order {
    CREATED,
    INTERVAL
  }
}

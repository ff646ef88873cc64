package io.penstock.control.export;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The port to where backfills are kept. Thread-safe. */
public interface BackfillStore {
  /**
   * Adds one, while nobody else adds one to the project.
   *
   * @param most that may be active in the project at a time; absent for any number
   * @throws ExportException.TooManyBackfills if there are as many
   * @throws ExportException.DuplicateBackfill if one of the same export and bounds is active
   */
  void insert(Backfill backfill, Optional<Integer> most);

  Optional<Backfill> find(UUID id);

  /**
   * @throws ExportException.Stale if it has been changed since it was read
   */
  Backfill update(Backfill backfill);

  /** Those that are not over, of all exports. */
  List<UUID> active();

  /** Those of the export that are not over. */
  List<Backfill> active(UUID export);

  int countActive(UUID project);

  List<Backfill> page(
      UUID export, Order order, boolean descending, Optional<Place> after, int most);

  /** What backfills are sorted by; the id decides ties. */
  enum Order {
    CREATED,
    START
  }
}

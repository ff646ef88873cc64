package io.penstock.control.catalog;

import io.penstock.control.job.Principal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who did what to the catalog: added to, never changed. Thread-safe. */
public interface Activity {
  /** Within {@link Catalog#changing}, so that it is there exactly when the change is. */
  void add(UUID organization, UUID object, Principal who, Action action);

  /** What happened to the object itself, oldest first. */
  List<Entry> of(UUID organization, UUID object);

  /** What was done. */
  enum Action {
    CREATE,
    UPDATE,
    DELETE
  }

  /**
   * One deed.
   *
   * @param who as they were called then
   */
  record Entry(Instant at, String who, Action action) {}
}

package io.penstock.control.publish;

import io.penstock.control.catalog.SnapshotLedger;
import io.penstock.control.catalog.SnapshotLedger.JobPublication;
import io.penstock.control.catalog.SnapshotLedger.Publication;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * What jobs have published to a table: its snapshots tell, and of those that were expired the
 * ledger, into which they come before they go.
 */
final class Publications {
  private final Table table;
  private final UUID id;
  private final SnapshotLedger ledger;

  Publications(Table table, UUID id, SnapshotLedger ledger) {
    this.table = table;
    this.id = id;
    this.ledger = ledger;
  }

  /**
   * Of the table as it was last refreshed. A snapshot that is not in it any more is in the ledger
   * by now, whereas the other way round one could be missed.
   *
   * @return empty if the job has published nothing, not even no tasks
   */
  Optional<Publication> of(UUID job) {
    Iterable<Snapshot> snapshots = table.snapshots();
    Optional<Publication> retired = ledger.publication(id, job);
    Set<Integer> tasks = new TreeSet<>();
    long rows = 0;
    retired.ifPresent(before -> tasks.addAll(before.tasks()));
    rows += retired.map(Publication::rows).orElse(0L);
    boolean any = retired.isPresent();
    for (Snapshot snapshot : snapshots) {
      Optional<JobPublication> one =
          SnapshotSummary.publication(snapshot).filter(found -> found.job().equals(job));
      any |= one.isPresent();
      // One that is about to go is in both; no task is in two snapshots.
      if (one.isPresent() && !tasks.containsAll(one.get().tasks())) {
        tasks.addAll(one.get().tasks());
        rows += one.get().rows();
      }
    }
    return any ? Optional.of(new Publication(tasks, rows)) : Optional.empty();
  }
}

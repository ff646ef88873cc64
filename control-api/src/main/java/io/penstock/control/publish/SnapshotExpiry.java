package io.penstock.control.publish;

import io.penstock.control.catalog.SnapshotLedger;
import io.penstock.control.catalog.SnapshotLedger.Removal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsBulkOperations;

/**
 * Expires a table's snapshots, and removes the files that only they refer to. What the snapshots
 * said is written down first, then which files will go, then the snapshots go in one commit, and
 * last the files: whatever comes in between, the next round goes on from there.
 */
final class SnapshotExpiry {
  /** In one commit. */
  private static final int MOST_SNAPSHOTS = 500;

  /** Longer ago than any snapshot was made: the only ones that go are those that are named. */
  private static final long NEVER = 0;

  private final Table table;
  private final UUID id;
  private final SnapshotLedger ledger;

  SnapshotExpiry(Table table, UUID id, SnapshotLedger ledger) {
    this.table = table;
    this.id = id;
    this.ledger = ledger;
  }

  /**
   * Removes what left the table before this time.
   *
   * @return files removed, Iceberg's own included
   */
  int expire(Instant before) {
    int removed = finishPlanned();
    if (table.properties().getOrDefault(TableProperties.GC_ENABLED, "true").equals("false")) {
      return removed;
    }
    List<Snapshot> all = ExpirableSnapshots.followedBefore(table, before);
    for (int from = 0; from < all.size(); from += MOST_SNAPSHOTS) {
      List<Snapshot> some = all.subList(from, Math.min(all.size(), from + MOST_SNAPSHOTS));
      ledger.retire(id, some.stream().map(SnapshotSummary::retired).toList());
      ledger.planRemoval(id, removal(some));
      try {
        commit(some);
      } catch (CommitFailedException | CommitStateUnknownException e) {
        // Somebody else was faster, or nobody knows: the table tells.
        table.refresh();
      }
      removed += finishPlanned();
    }
    if (!all.isEmpty()) {
      forgetFigures();
    }
    return removed;
  }

  /** A removal of whose snapshots one is still there has not begun, and is planned anew. */
  private int finishPlanned() {
    Optional<Removal> planned = ledger.plannedRemoval(id);
    if (planned.isEmpty()) {
      return 0;
    }
    List<String> files = planned.get().files();
    boolean begun = planned.get().snapshots().stream().allMatch(one -> table.snapshot(one) == null);
    if (begun) {
      delete(table.io(), files);
    }
    ledger.forgetRemoval(id);
    return begun ? files.size() : 0;
  }

  private Removal removal(List<Snapshot> snapshots) {
    Queue<String> files = new ConcurrentLinkedQueue<>();
    Rehearsal rehearsal = new Rehearsal(((HasTableOperations) table).operations());
    expire(new BaseTable(rehearsal, table.name()), snapshots).deleteWith(files::add).commit();
    return new Removal(snapshots.stream().map(Snapshot::snapshotId).toList(), List.copyOf(files));
  }

  private void commit(List<Snapshot> snapshots) {
    expire(table, snapshots).cleanupLevel(ExpireSnapshots.CleanupLevel.NONE).commit();
    table.refresh();
  }

  private static ExpireSnapshots expire(Table table, List<Snapshot> snapshots) {
    ExpireSnapshots expiry = table.expireSnapshots().expireOlderThan(NEVER);
    snapshots.forEach(snapshot -> expiry.expireSnapshotId(snapshot.snapshotId()));
    return expiry;
  }

  private static void delete(FileIO io, List<String> files) {
    if (files.isEmpty()) {
      return;
    }
    if (io instanceof SupportsBulkOperations bulk) {
      bulk.deleteFiles(files);
    } else {
      files.forEach(io::deleteFile);
    }
  }

  /** Of snapshots that have no file left in the table nobody asks. */
  private void forgetFigures() {
    Set<Long> kept = new HashSet<>();
    for (DataFile file : TableFiles.of(table)) {
      kept.add(file.dataSequenceNumber());
    }
    table.snapshots().forEach(snapshot -> kept.add(snapshot.sequenceNumber()));
    ledger.keepFigures(id, kept);
  }
}

package io.penstock.control.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** Which snapshots of a table nobody sees any more. */
final class ExpirableSnapshots {
  private ExpirableSnapshots() {}

  /**
   * Those that another one had followed by a time, oldest first; none that a tag or a branch other
   * than the main one leads to. What left the table before that time is in these alone.
   */
  static List<Snapshot> followedBefore(Table table, Instant time) {
    Set<Long> kept = kept(table);
    Map<Long, Long> followed = followed(table);
    List<Snapshot> expirable = new ArrayList<>();
    for (Snapshot snapshot : table.snapshots()) {
      long end = followed.getOrDefault(snapshot.snapshotId(), snapshot.timestampMillis());
      if (!kept.contains(snapshot.snapshotId()) && end < time.toEpochMilli()) {
        expirable.add(snapshot);
      }
    }
    expirable.sort(Comparator.comparingLong(Snapshot::sequenceNumber));
    return expirable;
  }

  /** By id when the next snapshot of the main branch was made. */
  private static Map<Long, Long> followed(Table table) {
    Map<Long, Long> followed = new HashMap<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (snapshot.parentId() != null) {
        followed.put(snapshot.parentId(), snapshot.timestampMillis());
      }
    }
    return followed;
  }

  private static Set<Long> kept(Table table) {
    Set<Long> kept = new HashSet<>();
    for (Map.Entry<String, SnapshotRef> ref : table.refs().entrySet()) {
      kept.add(ref.getValue().snapshotId());
      if (ref.getValue().isBranch() && !ref.getKey().equals(SnapshotRef.MAIN_BRANCH)) {
        SnapshotUtil.ancestorsOf(ref.getValue().snapshotId(), table::snapshot)
            .forEach(ancestor -> kept.add(ancestor.snapshotId()));
      }
    }
    return kept;
  }
}

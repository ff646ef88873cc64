package io.penstock.control.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What has to be known of tables' snapshots that are no more: they are written down here before
 * they go. Thread-safe.
 */
public interface SnapshotLedger {
  /** Writes snapshots down; again is the same as once. */
  void retire(UUID table, List<Retired> snapshots);

  /** What of a job was published by snapshots that are written down; they may still be there. */
  Optional<Publication> publication(UUID table, UUID job);

  /** By sequence number; those of the table that are written down. */
  Map<Long, Figures> figures(UUID table);

  /** Forgets the figures of all snapshots but these. */
  void keepFigures(UUID table, Set<Long> sequences);

  /** Says which files will go; there is no other removal of the table. */
  void planRemoval(UUID table, Removal removal);

  Optional<Removal> plannedRemoval(UUID table);

  /** It is done, or will not be done. */
  void forgetRemoval(UUID table);

  /**
   * A snapshot that will be expired.
   *
   * @param publication absent if it was no job's
   */
  record Retired(long sequence, Figures figures, Optional<JobPublication> publication) {}

  /**
   * What a snapshot added.
   *
   * @param rawBytes decoded bytes of the input
   */
  record Figures(Instant committedAt, long rows, long rawBytes) {}

  /** Tasks that a job published, none of which may have had rows. */
  record JobPublication(UUID job, Set<Integer> tasks, long rows) {}

  /** All tasks that a job published by snapshots that are written down. */
  record Publication(Set<Integer> tasks, long rows) {}

  /**
   * Files that nothing needs once all the snapshots are gone, which happens in one step.
   *
   * @param snapshots their ids, at least one
   * @param files locations
   */
  record Removal(List<Long> snapshots, List<String> files) {
    public Removal {
      snapshots = List.copyOf(snapshots);
      files = List.copyOf(files);
    }
  }
}

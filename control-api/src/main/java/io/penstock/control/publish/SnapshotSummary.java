package io.penstock.control.publish;

import io.penstock.control.catalog.SnapshotLedger.Figures;
import io.penstock.control.catalog.SnapshotLedger.JobPublication;
import io.penstock.control.catalog.SnapshotLedger.Retired;
import io.penstock.control.job.TaskRanges;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;

/** What a snapshot says of the job that made it. */
final class SnapshotSummary {
  private static final String JOB = "penstock.job";
  private static final String TASKS = "penstock.tasks";
  private static final String ROWS = "penstock.rows";
  private static final String RAW_BYTES = "penstock.raw-bytes";

  private SnapshotSummary() {}

  static void write(SnapshotUpdate<?> update, JobPublication publication, long rawBytes) {
    update.set(JOB, publication.job().toString());
    update.set(TASKS, TaskRanges.format(publication.tasks()));
    update.set(ROWS, Long.toString(publication.rows()));
    update.set(RAW_BYTES, Long.toString(rawBytes));
  }

  /** Empty if it was no job's. */
  static Optional<JobPublication> publication(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return Optional.ofNullable(summary.get(JOB))
        .map(
            job -> new JobPublication(UUID.fromString(job), tasks(summary), number(summary, ROWS)));
  }

  private static Set<Integer> tasks(Map<String, String> summary) {
    return TaskRanges.parse(summary.getOrDefault(TASKS, ""));
  }

  static Figures figures(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return new Figures(
        Instant.ofEpochMilli(snapshot.timestampMillis()),
        number(summary, ROWS),
        number(summary, RAW_BYTES));
  }

  static Retired retired(Snapshot snapshot) {
    return new Retired(snapshot.sequenceNumber(), figures(snapshot), publication(snapshot));
  }

  private static long number(Map<String, String> summary, String property) {
    return Long.parseLong(summary.getOrDefault(property, "0"));
  }
}

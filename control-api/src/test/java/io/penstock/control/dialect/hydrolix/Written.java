package io.penstock.control.dialect.hydrolix;

import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectFile;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a job's tasks would have written. */
final class Written {
  static final int ROWS = 10;
  static final int BYTES = 1_000;
  static final int COLUMN_BYTES = 100;
  static final int RAW_BYTES = 7_000;

  private Written() {}

  /** One partition of ten rows whose only column lies in the day. */
  static TaskRecord task(String dataPrefix, UUID job, int task, int fieldId, Instant day) {
    return task(dataPrefix, job, task, fieldId, day, "");
  }

  /**
   * @param shard the hash, with a hyphen behind it, if there is one
   */
  static TaskRecord task(
      String dataPrefix, UUID job, int task, int fieldId, Instant day, String shard) {
    Instant last = day.plus(1, ChronoUnit.DAYS).minusSeconds(1);
    PartitionFile partition =
        new PartitionFile(
            "%s%s-%d-%d-%s0.parquet"
                .formatted(dataPrefix, job, task, day.getEpochSecond() / 60, shard),
            ROWS,
            BYTES,
            "00",
            day,
            last,
            List.of(4L),
            List.of(
                new ColumnStatistics(
                    fieldId, ROWS, 0, 0, COLUMN_BYTES, micros(day), micros(last))));
    return record(task, List.of(partition), Optional.empty());
  }

  static TaskRecord record(int task, List<PartitionFile> partitions, Optional<RejectFile> rejects) {
    long rejected = rejects.map(RejectFile::rows).orElse(0L);
    return new TaskRecord(
        TaskRecord.VERSION,
        new PlannedTask(task, List.of(new PlannedObject("in/" + task + ".csv", "\"e\"", 5))),
        new TaskCounts(ROWS + rejected, ROWS, 0, rejected, 1, 5, RAW_BYTES),
        partitions,
        rejects,
        List.of(),
        List.of());
  }

  private static Optional<String> micros(Instant at) {
    return Optional.of(Long.toString(at.getEpochSecond() * 1_000_000));
  }
}

package io.penstock.job.sink;

import io.penstock.spec.JobSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a partition is called: by job, task, time bucket and its place among the task's partitions
 * of the bucket, and so the same in every attempt.
 */
final class PartitionName {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long SECONDS_PER_MINUTE = 60;

  private PartitionName() {}

  /**
   * @param bucketStart in seconds since the epoch
   */
  static String of(JobSpec spec, int task, long bucketStart, int sequence) {
    return "%s%s%s-%d-%d-%d.parquet"
        .formatted(
            spec.sink().dataPrefix(),
            FOLDER.format(Instant.ofEpochSecond(bucketStart)),
            spec.jobId(),
            task,
            bucketStart / SECONDS_PER_MINUTE,
            sequence);
  }
}

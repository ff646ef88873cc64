package io.penstock.job.sink;

import io.penstock.spec.JobSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a partition is called: by job, task, time bucket, shard if there are any, and its place
 * among the task's partitions of these, and so the same in every attempt.
 */
final class PartitionName {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long SECONDS_PER_MINUTE = 60;

  private PartitionName() {}

  /**
   * @param bucketStart in seconds since the epoch
   * @param shard the hash of its value, if rows are divided by one
   */
  static String of(JobSpec spec, int task, long bucketStart, Optional<String> shard, int sequence) {
    return "%s%s%s-%d-%d-%s%d.parquet"
        .formatted(
            spec.sink().dataPrefix(),
            FOLDER.format(Instant.ofEpochSecond(bucketStart)),
            spec.jobId(),
            task,
            bucketStart / SECONDS_PER_MINUTE,
            shard.map(hash -> hash + "-").orElse(""),
            sequence);
  }
}

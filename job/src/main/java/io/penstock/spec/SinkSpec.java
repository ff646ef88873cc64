package io.penstock.spec;

/**
 * Where a job writes.
 *
 * @param dataPrefix key prefix of the table's partitions, ending in {@code /}
 * @param jobsPrefix key prefix of all jobs' folders, ending in {@code /}; see {@link JobFolder}
 * @param zstdLevel compression level of Parquet pages
 * @param dryRun everything runs and is counted; no partition and no reject file is uploaded
 */
public record SinkSpec(
    S3Access access,
    String bucket,
    String dataPrefix,
    String jobsPrefix,
    PartitionLimits limits,
    int zstdLevel,
    boolean dryRun) {
  public SinkSpec {
    Check.that(access != null, "access must be given");
    Check.that(bucket != null && !bucket.isEmpty(), "bucket must not be empty");
    Check.that(dataPrefix.endsWith("/"), "dataPrefix must end in / but was %s", dataPrefix);
    Check.that(jobsPrefix.endsWith("/"), "jobsPrefix must end in / but was %s", jobsPrefix);
    Check.that(limits != null, "limits must be given");
    Check.that(
        zstdLevel >= 1 && zstdLevel <= 22, "zstdLevel must be 1 to 22 but was %d", zstdLevel);
  }
}

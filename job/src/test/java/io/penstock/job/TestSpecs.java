package io.penstock.job;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.S3Access;
import io.penstock.spec.SinkSpec;
import io.penstock.spec.SourceSpec;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Specifications of small jobs with one time column, for stores that ask for no credentials. */
public final class TestSpecs {
  public static final String LANDING = "landing";
  public static final String WAREHOUSE = "warehouse";

  private static final UUID JOB = UUID.fromString("7d1c0a52-56d8-4b0e-9b8c-0123456789ab");
  private static final S3Access ACCESS =
      new S3Access(Optional.empty(), "us-east-1", false, Optional.empty());
  private static final PartitionLimits WIDE =
      new PartitionLimits(1_000_000, Duration.ofDays(1), 100);

  private TestSpecs() {}

  public static JobSpec quarterHours(long maxRows, int maxOpen) {
    return spec(
        new SourceSpec(ACCESS, "s3", LANDING, new ObjectSelection.Prefix("in/"), "", 0, 0),
        new PartitionLimits(maxRows, Duration.ofMinutes(15), maxOpen));
  }

  /** Quarters of an hour whose rows are in order of time. */
  public static JobSpec sortedQuarterHours(long maxRows, int maxOpen) {
    return spec(
        new SourceSpec(ACCESS, "s3", LANDING, new ObjectSelection.Prefix("in/"), "", 0, 0),
        new PartitionLimits(
            maxRows, Duration.ofMinutes(15), maxOpen, Optional.empty(), List.of("at")));
  }

  /**
   * @param inputAggregation stored bytes of a task; 0 for a task for each object
   */
  public static JobSpec listing(
      ObjectSelection selection, String regexFilter, long maxObjects, long inputAggregation) {
    return spec(
        new SourceSpec(ACCESS, "s3", LANDING, selection, regexFilter, maxObjects, inputAggregation),
        WIDE);
  }

  /** What is below in/, with this to happen when an object cannot be read. */
  public static JobSpec failing(FailurePolicy policy) {
    SourceSpec source =
        new SourceSpec(ACCESS, "s3", LANDING, new ObjectSelection.Prefix("in/"), "", 0, 0);
    return spec(source, WIDE, policy);
  }

  /**
   * What is below in/, of these layers of compression.
   *
   * @param maxDecodedRatio see {@link SourceSpec}
   */
  public static JobSpec compressed(List<Compression> layers, int maxDecodedRatio) {
    SourceSpec source =
        new SourceSpec(
            ACCESS,
            "s3",
            LANDING,
            new ObjectSelection.Prefix("in/"),
            "",
            0,
            0,
            Optional.of(maxDecodedRatio));
    JobSpec plain = spec(source, WIDE);
    TransformSpec transform = plain.transform();
    return new JobSpec(
        plain.version(),
        plain.jobId(),
        plain.title(),
        plain.attempt(),
        source,
        new TransformSpec(
            transform.format(),
            layers,
            transform.columns(),
            transform.timeColumn(),
            transform.nullValues(),
            transform.rowRules()),
        plain.sink(),
        plain.failurePolicy());
  }

  private static JobSpec spec(SourceSpec source, PartitionLimits limits) {
    return spec(source, limits, FailurePolicy.FAIL_TASK);
  }

  private static JobSpec spec(SourceSpec source, PartitionLimits limits, FailurePolicy policy) {
    ColumnSpec time =
        new ColumnSpec(
            "at",
            1,
            ColumnType.TIMESTAMP,
            new ColumnSource.Field("at"),
            Optional.of(new TimeFormat.Iso8601()),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new JobSpec(
        JobSpec.VERSION,
        JOB,
        "history",
        1,
        source,
        new TransformSpec(
            new RecordFormat.NdJson(), Compression.NONE, List.of(time), "at", List.of()),
        new SinkSpec(ACCESS, WAREHOUSE, "t/data/", "jobs/", limits, 3, false),
        policy);
  }
}

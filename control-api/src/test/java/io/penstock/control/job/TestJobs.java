package io.penstock.control.job;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs as tests need them. */
public final class TestJobs {
  private static final Principal CALLER = new Principal(UUID.randomUUID(), "ops");

  private TestJobs() {}

  /** A sound request. */
  public static JobRequest request(UUID organization, String name) {
    return request(organization, name, PublishMode.TASK);
  }

  public static JobRequest request(UUID organization, String name, PublishMode publish) {
    return new JobRequest(
        UUID.randomUUID(),
        organization,
        name,
        Optional.empty(),
        "test",
        "{}",
        definition(publish),
        CALLER);
  }

  /** One that is published as a whole, if the rules allow. */
  public static JobRequest request(UUID organization, String name, LoadRules rules) {
    JobRequest plain = request(organization, name, PublishMode.JOB);
    JobDefinition d = plain.definition();
    return with(d.table(), plain, Optional.of(rules));
  }

  /** A job like the second, which writes to the table of the first. */
  public static JobRequest onTableOf(JobRequest first, JobRequest second) {
    return with(first.definition().table(), second, second.definition().rules());
  }

  private static JobRequest with(TableRef table, JobRequest plain, Optional<LoadRules> rules) {
    JobDefinition d = plain.definition();
    return new JobRequest(
        plain.id(),
        plain.organization(),
        plain.name(),
        plain.description(),
        plain.dialect(),
        plain.submitted(),
        new JobDefinition(
            table,
            d.transformName(),
            d.transform(),
            d.source(),
            d.limits(),
            d.maxParallelTasks(),
            d.failurePolicy(),
            d.publish(),
            d.dryRun(),
            rules,
            d.warnings()),
        plain.createdBy());
  }

  /** One without an end. */
  public static JobRequest continuous(UUID organization, String name) {
    return new JobRequest(
        UUID.randomUUID(),
        organization,
        name,
        Optional.empty(),
        "test",
        "{}",
        definition(PublishMode.TASK, new ObjectSelection.Arrivals(), 1_000),
        CALLER);
  }

  private static JobDefinition definition(PublishMode publish) {
    return definition(publish, new ObjectSelection.Prefix("x/"), 1_000);
  }

  /**
   * @param maxRows in a partition
   */
  public static JobDefinition definition(
      PublishMode publish, ObjectSelection selection, long maxRows) {
    ColumnSpec time =
        new ColumnSpec(
            "at",
            0,
            ColumnType.TIMESTAMP,
            new ColumnSource.Field("at"),
            Optional.of(new TimeFormat.Iso8601()),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new JobDefinition(
        new TableRef(UUID.randomUUID(), "shop", UUID.randomUUID(), "orders"),
        "events",
        new TransformSpec(
            new RecordFormat.NdJson(), Compression.AUTO, List.of(time), "at", List.of()),
        new JobDefinition.Source(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "s3",
            "landing",
            selection,
            "",
            0,
            0),
        new PartitionLimits(maxRows, Duration.ofMinutes(15), 4),
        1,
        FailurePolicy.FAIL_TASK,
        publish,
        false);
  }
}

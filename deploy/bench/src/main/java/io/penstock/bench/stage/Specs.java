package io.penstock.bench.stage;

import io.penstock.bench.data.Column;
import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Kind;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the control API makes of a data set's transform and job. */
final class Specs {
  private static final int MAX_ROWS = 33_554_432;
  private static final int MAX_OPEN = 576;
  private static final int ZSTD_LEVEL = 3;

  private Specs() {}

  static JobSpec job(Dataset dataset) {
    S3Access nowhere = new S3Access(Optional.empty(), "us-east-1", false, Optional.empty());
    return new JobSpec(
        JobSpec.VERSION,
        new UUID(0, 1),
        "stages",
        1,
        new SourceSpec(nowhere, "s3", "in", new ObjectSelection.Prefix(""), "", 0, 0),
        transform(dataset),
        new SinkSpec(
            nowhere,
            "out",
            "data/",
            "jobs/",
            new PartitionLimits(MAX_ROWS, Duration.ofMinutes(dataset.bucketMinutes()), MAX_OPEN),
            ZSTD_LEVEL,
            true),
        FailurePolicy.FAIL_TASK);
  }

  private static TransformSpec transform(Dataset dataset) {
    boolean csv = dataset.format().csv();
    List<ColumnSpec> columns = new ArrayList<>();
    for (Column column : dataset.schema()) {
      int place = columns.size();
      columns.add(
          new ColumnSpec(
              column.name(),
              place + 1,
              type(column.kind()),
              csv ? new ColumnSource.Position(place) : new ColumnSource.Field(column.name()),
              column.kind() == Kind.TIME ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of()));
    }
    return new TransformSpec(
        csv
            ? new RecordFormat.Csv(
                ',', Optional.of('"'), Optional.of('"'), Optional.empty(), 0, false)
            : new RecordFormat.NdJson(),
        Compression.AUTO,
        columns,
        Columns.TIME,
        csv ? List.of("\\N") : List.of());
  }

  private static ColumnType type(Kind kind) {
    return switch (kind) {
      case TIME -> ColumnType.TIMESTAMP;
      case TEXT -> ColumnType.STRING;
      case INT -> ColumnType.INT32;
      case LONG -> ColumnType.INT64;
      case DOUBLE -> ColumnType.DOUBLE;
      case TRUTH -> ColumnType.BOOLEAN;
      case JSON -> ColumnType.JSON;
    };
  }
}

package io.penstock.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.s3.S3ObjectStores;
import io.penstock.spec.Accumulators;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.Computation;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters and expressions in the whole job: a real Flink, a real S3 server, another reader. */
final class ComputedColumnsITCase {
  private static final int ROWS = 3_000;
  private static final Expression NUMBER = new Expression.Input(1, ValueType.BIGINT);

  @TempDir Path folder;

  private static ColumnSpec column(String name, int id, ColumnType type, ColumnSource source) {
    return new ColumnSpec(
        name,
        id,
        type,
        source,
        type == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Computation.Input input(String name, ValueType type) {
    return new Computation.Input(
        column(name, 0, ColumnType.STRING, new ColumnSource.Field(name)), type);
  }

  private static Expression whole(long value) {
    return new Expression.Constant(ValueType.BIGINT, Optional.of(Long.toString(value)));
  }

  private static Expression call(ScalarFunction function, ValueType type, Expression... of) {
    return new Expression.Call(function, List.of(of), type);
  }

  /** Where 100 / (n - 7) is not 100: n = 8 is filtered, n = 7 cannot be divided by. */
  private static TransformSpec transform() {
    Expression divided =
        call(
            ScalarFunction.DIVIDE,
            ValueType.BIGINT,
            whole(100),
            call(ScalarFunction.SUBTRACT, ValueType.BIGINT, NUMBER, whole(7)));
    Computation computation =
        new Computation(
            List.of(
                input("at", ValueType.TIMESTAMP),
                input("n", ValueType.BIGINT),
                input("city", ValueType.VARCHAR),
                input("km", ValueType.DOUBLE)),
            Optional.of(
                call(
                    ScalarFunction.IS_NOT_FALSE,
                    ValueType.BOOLEAN,
                    call(ScalarFunction.NOT_EQUAL, ValueType.BOOLEAN, divided, whole(100)))),
            List.of(
                new Expression.Input(0, ValueType.TIMESTAMP),
                NUMBER,
                new Expression.Input(2, ValueType.VARCHAR),
                call(
                    ScalarFunction.MULTIPLY,
                    ValueType.DOUBLE,
                    new Expression.Input(3, ValueType.DOUBLE),
                    new Expression.Constant(ValueType.DOUBLE, Optional.of("2.0")))));
    ColumnSource none = new ColumnSource.None();
    return new TransformSpec(
        new RecordFormat.NdJson(),
        List.of(Compression.NONE),
        List.of(
            column("__time", 1, ColumnType.TIMESTAMP, none),
            column("n", 2, ColumnType.INT64, none),
            column("city", 3, ColumnType.STRING, none),
            column("km2", 4, ColumnType.DOUBLE, none)),
        "__time",
        List.of(),
        Optional.empty(),
        Optional.of(computation));
  }

  @Test
  void rowsAreFilteredComputedWarnedOfAndRejectedExactly() throws Exception {
    TreeMap<Long, String> expected = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < ROWS; n++) {
      boolean spoiled = n % 10 == 3;
      text.append(
          "{\"at\":\"2026-03-01T00:00:%02dZ\",\"n\":\"%d\",\"city\":\"c\\u00e9%d\",\"km\":%s}\n"
              .formatted(n % 60, n, n, spoiled ? "\"far\"" : n + ".25"));
      if (n != 7 && n != 8) {
        expected.put((long) n, "cé" + n + " " + (spoiled ? "null" : n * 2 + ".5"));
      }
    }
    try (JobFixture fixture = new JobFixture(folder)) {
      fixture.upload(Map.of("events/a.json", text.toString().getBytes(StandardCharsets.UTF_8)));
      JobSpec spec =
          fixture.spec(
              transform(),
              new PartitionLimits(1_000_000, Duration.ofDays(1), 100),
              FailurePolicy.FAIL_TASK);

      JobID job = fixture.start(spec, new S3ObjectStores(), 1, Optional.empty());
      Map<String, Object> accumulators = fixture.accumulators(job);

      assertThat(fixture.rowsByDuckDb(spec, "n, city || ' ' || coalesce(km2::VARCHAR, 'null')"))
          .isEqualTo(expected);
      TaskCounts counts = fixture.counts(spec);
      assertThat(counts.rowsRead()).isEqualTo(ROWS);
      assertThat(counts.rowsFiltered()).isEqualTo(1);
      assertThat(counts.rowsRejected()).isEqualTo(1);
      assertThat(counts.rowsWithWarning()).isEqualTo(ROWS / 10);
      assertThat(counts.balanced()).isTrue();
      assertThat(accumulators)
          .containsEntry(Accumulators.ROWS_WITH_WARNING, (long) ROWS / 10)
          .containsEntry(Accumulators.ROWS_FILTERED, 1L);
    }
  }
}

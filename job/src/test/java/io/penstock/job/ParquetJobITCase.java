package io.penstock.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.job.typed.parquet.DuckFiles;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.Computation;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files in the whole job, divided among tasks. */
final class ParquetJobITCase {
  private static final int ROWS = 60_000;
  private static final String QUERY =
      """
      SELECT n AS id, CASE WHEN n % 10000 = 9999 THEN NULL ELSE
          TIMESTAMPTZ '2026-03-01 00:00:00+00' + to_milliseconds(n) END AS at,
        'city ' || (n % 50) AS city, CASE WHEN n % 1000 = 7 THEN 'x' ELSE n::VARCHAR END AS km,
        md5(n::VARCHAR) AS unwanted
      FROM range(60000) r(n) ORDER BY n""";

  @TempDir Path folder;
  private JobFixture fixture;
  private DuckFiles duck;

  @BeforeEach
  void start() throws Exception {
    fixture = new JobFixture(folder);
    duck = new DuckFiles(folder);
  }

  @AfterEach
  void stop() throws Exception {
    duck.close();
    fixture.close();
  }

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
        column(name, 0, type.columnType(), new ColumnSource.Field(name)), type);
  }

  private static JobSpec spec(JobFixture fixture, FailurePolicy policy) {
    ColumnSource none = new ColumnSource.None();
    TransformSpec transform =
        new TransformSpec(
            new RecordFormat.Parquet(false),
            List.of(Compression.AUTO),
            List.of(
                column("__time", 1, ColumnType.TIMESTAMP, none),
                column("id", 2, ColumnType.INT64, none),
                column("city", 3, ColumnType.STRING, none),
                column("km", 4, ColumnType.DOUBLE, none)),
            "__time",
            List.of(),
            Optional.empty(),
            Optional.of(
                new Computation(
                    List.of(
                        input("at", ValueType.TIMESTAMP),
                        input("id", ValueType.BIGINT),
                        input("city", ValueType.VARCHAR),
                        input("km", ValueType.DOUBLE)),
                    Optional.empty(),
                    List.of(
                        new Expression.Input(0, ValueType.TIMESTAMP),
                        new Expression.Input(1, ValueType.BIGINT),
                        new Expression.Input(2, ValueType.VARCHAR),
                        new Expression.Input(3, ValueType.DOUBLE)))));
    return fixture.spec(transform, new PartitionLimits(1_000_000, Duration.ofDays(1), 100), policy);
  }

  private static Map<Long, String> expected() {
    Map<Long, String> rows = new TreeMap<>();
    for (long n = 0; n < ROWS; n++) {
      if (n % 10_000 != 9_999) {
        rows.put(n, "city " + n % 50 + " " + (n % 1_000 == 7 ? "null" : n + ".0"));
      }
    }
    return rows;
  }

  private void upload(String options) throws Exception {
    fixture.upload(Map.of("events/a.parquet", duck.parquet(QUERY, options)));
  }

  private void assertLoaded(JobSpec spec) throws Exception {
    assertThat(fixture.rowsByDuckDb(spec, "id, city || ' ' || coalesce(km::VARCHAR, 'null')"))
        .isEqualTo(expected());
    TaskCounts counts = fixture.counts(spec);
    assertThat(counts.rowsRead()).isEqualTo(ROWS);
    assertThat(counts.rowsRejected()).isEqualTo(6);
    assertThat(counts.rowsWithWarning()).isEqualTo(60);
    assertThat(counts.objects()).isEqualTo(1);
    assertThat(counts.storedBytes()).isEqualTo(fixture.plan(spec).bytesSelected());
    assertThat(fixture.plan(spec).objectsSelected()).isEqualTo(1);
  }

  @Test
  void aFileIsDividedAndEveryRowIsWrittenOrRejectedWithItsNumber() throws Exception {
    upload(", ROW_GROUP_SIZE 2048");
    JobSpec spec = spec(fixture, FailurePolicy.FAIL_TASK);

    fixture.run(spec, 3);

    assertLoaded(spec);
    assertThat(fixture.records(spec)).hasSizeGreaterThan(10);
    List<Long> lines = new ArrayList<>();
    for (RejectedRow row : rejects(spec)) {
      assertThat(row.object()).isEqualTo("s3://landing/events/a.parquet");
      assertThat(row.row())
          .contains(
              "{\"at\":null,\"id\":%d,".formatted(row.line() - 1)
                  + "\"city\":\"city 49\",\"km\":%d.0}".formatted(row.line() - 1));
      lines.add(row.line());
    }
    assertThat(lines)
        .containsExactlyInAnyOrder(10_000L, 20_000L, 30_000L, 40_000L, 50_000L, 60_000L);
  }

  private List<RejectedRow> rejects(JobSpec spec) throws Exception {
    return fixture.records(spec).values().stream()
        .flatMap(record -> record.rejects().stream())
        .flatMap(file -> file.samples().stream())
        .toList();
  }

  private static JobSpec next(JobSpec spec) {
    return new JobSpec(
        spec.version(),
        spec.jobId(),
        spec.title(),
        spec.attempt() + 1,
        spec.source(),
        spec.transform(),
        spec.sink(),
        spec.failurePolicy());
  }

  @Test
  void aJobThatIsStoppedInTheMiddleOfAFileGoesOnFromItsSavepoint() throws Exception {
    upload(", ROW_GROUP_SIZE 2048");
    JobSpec spec = spec(fixture, FailurePolicy.FAIL_TASK);
    ObjectStores slow = new SlowStores(Duration.ofMillis(200));
    JobID job = fixture.start(spec, slow, 2, Optional.empty());
    fixture.awaitRecords(spec, 2);

    String savepoint = fixture.stopWithSavepoint(job);
    int before = fixture.records(spec).size();
    fixture.await(fixture.start(next(spec), slow, 3, Optional.of(savepoint)));

    assertThat(before).isLessThan(fixture.records(spec).size());
    assertLoaded(spec);
  }

  @Test
  void aDamagedFileFailsByNameOrIsLeftOut() throws Exception {
    upload("");
    byte[] whole = duck.parquet("SELECT 1 AS id", "");
    fixture.upload(Map.of("events/b.parquet", Arrays.copyOf(whole, whole.length - 5)));
    JobSpec failing = spec(fixture, FailurePolicy.FAIL_TASK);

    fixture.run(failing, 1);

    assertThat(fixture.failures(failing))
        .anySatisfy(
            failure -> {
              assertThat(failure.subject()).isEqualTo("s3://landing/events/b.parquet");
              assertThat(failure.reason()).isEqualTo("it does not end as a Parquet file does");
            });

    JobSpec skipping = spec(fixture, FailurePolicy.SKIP_OBJECT);
    fixture.await(fixture.start(skipping, new S3ObjectStores(), 1, Optional.empty()));
    assertThat(fixture.rowsByDuckDb(skipping, "id, city").size()).isEqualTo(ROWS - 6);
    assertThat(
            fixture.records(skipping).values().stream().flatMap(r -> r.skipped().stream()).toList())
        .extracting(TaskRecord.SkippedObject::url)
        .containsExactly("s3://landing/events/b.parquet");
  }
}

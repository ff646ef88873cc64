package io.penstock.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.spec.Accumulators;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.Rollup;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollup by a real Flink, compared with what DuckDB's GROUP BY makes of the same input. */
final class RollupITCase {
  private static final int FILES = 20;
  private static final PartitionLimits DAYS =
      new PartitionLimits(1_000_000, Duration.ofDays(1), 100, Optional.empty(), List.of("session"));

  @TempDir Path folder;
  private JobFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new JobFixture(folder);
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  private static ColumnSpec column(int id, String name, String field, ColumnType type) {
    return new ColumnSpec(
        name,
        id,
        type,
        new ColumnSource.Field(field),
        type == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static TransformSpec transform() {
    return new TransformSpec(
            new RecordFormat.NdJson(),
            Compression.GZIP,
            List.of(
                column(1, "__time", "timestamp", ColumnType.TIMESTAMP),
                column(2, "city", "city", ColumnType.STRING),
                column(3, "session", "session", ColumnType.STRING),
                column(4, "longest", "length", ColumnType.INT64),
                column(5, "km", "km", ColumnType.DOUBLE),
                column(6, "__count", "length", ColumnType.INT64)),
            "__time",
            List.of())
        .withRollup(
            new Rollup(
                List.of(
                    new Rollup.Measure("longest", Rollup.Function.MAX),
                    new Rollup.Measure("km", Rollup.Function.SUM),
                    new Rollup.Measure("__count", Rollup.Function.COUNT))));
  }

  /** Over four days, with few enough keys that all files share them. */
  private void upload(int rowsEach) throws IOException {
    Random random = new Random(9);
    Map<String, byte[]> objects = new TreeMap<>();
    Path plain = Files.createDirectory(folder.resolve("input"));
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < rowsEach; i++) {
        int minute = random.nextInt(4 * 24 * 6) * 10;
        text.append(
            "{\"timestamp\":\"2024-06-%02dT%02d:%02d:00Z\",\"city\":%s,\"session\":\"s%d\",\"length\":%s,\"km\":%s}%n"
                .formatted(
                    1 + minute / 1440,
                    minute / 60 % 24,
                    minute % 60,
                    random.nextInt(9) == 0 ? "null" : "\"c" + random.nextInt(4) + "\"",
                    random.nextInt(6),
                    random.nextInt(5) == 0 ? "null" : Integer.toString(random.nextInt(9_999) - 99),
                    random.nextInt(1_000) / 8.0));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      Files.write(plain.resolve(file + ".json"), bytes);
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(bytes);
      }
      objects.put("events/%02d.json.gz".formatted(file), packed.toByteArray());
    }
    fixture.upload(objects);
  }

  private List<String> rows(String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private List<String> grouped() throws Exception {
    return rows(
        "SELECT concat_ws('|', epoch_us(t), coalesce(city, '~'), session,"
            + " coalesce(max(length)::VARCHAR, '~'), sum(km), count(length)) FROM (SELECT"
            + " \"timestamp\"::TIMESTAMP AS t, city, session, length::BIGINT AS length,"
            + " km::DOUBLE AS km FROM read_json('"
            + folder.resolve("input")
            + "/*.json', format = 'newline_delimited')) GROUP BY t, city, session ORDER BY 1");
  }

  private List<String> loaded(JobSpec spec) throws Exception {
    return rows(
        "SELECT concat_ws('|', epoch_us(__time), coalesce(city, '~'), session,"
            + " coalesce(longest::VARCHAR, '~'), km, __count) FROM read_parquet('"
            + fixture.download(spec).get(0).getParent()
            + "/*.parquet') ORDER BY 1");
  }

  @Test
  void everyKeyOfTheWholeJobIsOneRow() throws Exception {
    upload(4_000);
    JobSpec spec = fixture.spec(transform(), DAYS, FailurePolicy.FAIL_JOB);

    JobID job = fixture.start(spec, new S3ObjectStores(), 2, Optional.empty());
    Map<String, Object> accumulators = fixture.accumulators(job);

    List<String> loaded = loaded(spec);
    assertThat(loaded).isEqualTo(grouped()).hasSizeLessThan(20_000);
    assertThat(fixture.partitions(spec)).hasSize(4);
    assertThat(fixture.plan(spec).complete()).isTrue();
    assertThat(fixture.plan(spec).objectsSelected()).isEqualTo(FILES);
    TaskCounts counts = fixture.counts(spec);
    assertThat(counts.rowsRead()).isEqualTo(FILES * 4_000L);
    assertThat(counts.rowsWritten()).isEqualTo(FILES * 4_000L);
    assertThat(counts.objects()).isEqualTo(FILES);
    assertThat(accumulators).containsEntry(Accumulators.ROWS_WRITTEN, FILES * 4_000L);
    assertThat(
            rows(
                "SELECT session FROM read_parquet('"
                    + fixture.download(spec).get(0)
                    + "', file_row_number = true) ORDER BY file_row_number"))
        .isSorted();
  }

  @Test
  void stoppedAtAnyTimeAndTakenUpItIsTheSame() throws Exception {
    upload(300);
    JobSpec spec = fixture.spec(transform(), DAYS, FailurePolicy.FAIL_JOB);
    ObjectStores slow = new SlowStores(Duration.ofMillis(60));
    JobID job = fixture.start(spec, slow, 2, Optional.empty());
    fixture.awaitRecords(spec, 1);
    String savepoint = fixture.stopWithSavepoint(job);
    JobSpec second = fixture.spec(spec.jobId(), 2, transform(), DAYS, FailurePolicy.FAIL_JOB);
    JobID again = fixture.start(second, slow, 1, Optional.of(savepoint));
    int inputTasks = inputTasks(spec);
    fixture.awaitRecords(spec, inputTasks + 1);
    fixture.cancel(again);
    JobSpec third = fixture.spec(spec.jobId(), 3, transform(), DAYS, FailurePolicy.FAIL_JOB);

    fixture.run(third, 2);

    assertThat(loaded(spec)).isEqualTo(grouped());
    assertThat(fixture.records(spec)).hasSize(inputTasks + 4);
  }

  private int inputTasks(JobSpec spec) throws Exception {
    int tasks = 0;
    while (tasks == 0) {
      tasks = fixture.plan(spec).listed() ? fixture.plan(spec).tasks() : 0;
    }
    return fixture.plan(spec).complete() ? tasks - 4 : tasks;
  }

  @Test
  void passingTroubleChangesNothing() throws Exception {
    upload(300);
    JobSpec spec = fixture.spec(transform(), DAYS, FailurePolicy.FAIL_JOB);

    fixture.await(fixture.start(spec, new StumblingStores(15), 2, Optional.empty()));

    assertThat(StumblingStores.stumbles()).isPositive();
    assertThat(loaded(spec)).isEqualTo(grouped());
  }

  @Test
  void withoutInputThereIsNothingToMerge() throws Exception {
    JobSpec spec = fixture.spec(transform(), DAYS, FailurePolicy.FAIL_JOB);

    fixture.run(spec, 2);

    assertThat(fixture.plan(spec).complete()).isTrue();
    assertThat(fixture.records(spec)).isEmpty();
  }
}

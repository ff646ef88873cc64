package io.penstock.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.s3.ForwardingStore;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.spec.Accumulators;
import io.penstock.spec.ColumnType;
import io.penstock.spec.S3Access;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.export.Destination;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportFormat;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportQuery;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import io.penstock.spec.export.ExportedFile;
import io.penstock.spec.export.FileNames;
import io.penstock.spec.export.TableColumn;
import io.penstock.spec.expression.Expression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports on a real Flink and a real S3 server. */
final class ExportJobITCase {
  private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
  private static final int FILES = 4;
  private static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn("timestamp", 1, ColumnType.TIMESTAMP),
          new TableColumn("event", 2, ColumnType.STRING),
          new TableColumn("n", 3, ColumnType.INT64),
          new TableColumn("amount", 4, ColumnType.DOUBLE),
          new TableColumn("properties", 5, ColumnType.JSON));

  /** One number for all rows, in whatever order they come. */
  private static final String SUMS =
      "SELECT count(*), bit_xor(hash(epoch_us(timestamp), event, n, amount, properties::VARCHAR)) FROM ";

  @TempDir Path folder;
  private JobFixture fixture;
  private Connection duckDb;

  @BeforeEach
  void start() throws Exception {
    fixture = new JobFixture(folder);
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void stop() throws Exception {
    duckDb.close();
    fixture.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> sums(String from) throws SQLException {
    try (Statement statement = duckDb.createStatement();
        ResultSet found = statement.executeQuery(SUMS + from)) {
      found.next();
      return List.of(found.getString(1), found.getString(2));
    }
  }

  /** Puts a table of so many rows, a millisecond apart, into the warehouse. */
  private ExportPlan table(int rows) throws Exception {
    execute(
        """
        CREATE TABLE t AS SELECT TIMESTAMPTZ '2023-01-01 00:00:00+00' + to_milliseconds(n) AS timestamp,
            CASE WHEN n % 50 = 0 THEN NULL ELSE 'event, ' || (n % 40) END AS event, n,
            CASE WHEN n % 9 = 0 THEN NULL ELSE n / 64.0 END AS amount,
            '{"n":' || n || ',"id":"' || md5(n::VARCHAR) || '"}' AS properties
          FROM range(ROWS) r(n)"""
            .replace("ROWS", Integer.toString(rows)));
    List<ExportPlan.TableFile> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve(i + ".parquet");
      execute(
          "COPY (SELECT * FROM t WHERE n %% %d = %d ORDER BY n) TO '%s' (FORMAT parquet, CODEC 'zstd')"
              .formatted(FILES, i, file));
      byte[] bytes = Files.readAllBytes(file);
      fixture.store().put(JobFixture.WAREHOUSE, "t/" + i, bytes);
      files.add(new ExportPlan.TableFile("t/" + i, rows / FILES, bytes.length));
    }
    return new ExportPlan(ExportPlan.VERSION, OptionalLong.of(1), files);
  }

  private ExportSpec spec(
      ExportPlan plan, ExportFormat format, String bucket, Instant start, Instant end)
      throws IOException {
    List<ExportQuery.Output> outputs = new ArrayList<>();
    for (TableColumn column : COLUMNS) {
      outputs.add(
          new ExportQuery.Output(
              column.name(),
              new Expression.Input(outputs.size(), ExportQuery.valueType(column.type()))));
    }
    ExportSpec spec =
        new ExportSpec(
            ExportSpec.VERSION,
            UUID.randomUUID(),
            "export events",
            1,
            fixture.access(),
            JobFixture.WAREHOUSE,
            "jobs/",
            new ExportQuery(
                COLUMNS,
                Optional.of(new ExportQuery.Interval(0, Optional.of(start), end)),
                Optional.empty(),
                outputs),
            format,
            new Destination(
                fixture.access(),
                bucket,
                new FileNames("out/", "a+00:00-b+00:00", ".x"),
                Optional.empty(),
                OptionalLong.empty(),
                List.of()));
    fixture.store().put(JobFixture.WAREHOUSE, spec.folder().plan(), SpecJson.write(plan));
    return spec;
  }

  private Optional<ExportResult> result(ExportSpec spec) throws IOException {
    return fixture
        .store()
        .get(JobFixture.WAREHOUSE, spec.folder().result())
        .map(json -> SpecJson.read(json, ExportResult.class));
  }

  private byte[] complete(ExportedFile file) throws IOException {
    ObjectStore.CompleteOutcome outcome =
        fixture
            .store()
            .completeUpload(
                JobFixture.LANDING,
                file.key(),
                file.uploadId(),
                file.parts().stream()
                    .map(part -> new ObjectStore.UploadedPart(part.number(), part.etag()))
                    .toList());
    assertThat(outcome).isEqualTo(ObjectStore.CompleteOutcome.COMPLETED);
    return fixture.store().get(JobFixture.LANDING, file.key()).orElseThrow();
  }

  @Test
  void anIndependentReaderGetsExactlyTheRowsOfTheIntervalOfAMillion() throws Exception {
    ExportPlan plan = table(1_000_000);
    Instant start = START.plusMillis(10_000);
    Instant end = START.plusMillis(960_001);
    List<String> expected = sums("t WHERE n >= 10000 AND n < 960001");
    Map<ExportFormat, String> readers =
        Map.of(
            new ExportFormat(ExportFormat.Kind.JSON_LINES, ExportFormat.Codec.GZIP),
            "read_json('%s', format='newline_delimited', compression='gzip', columns={timestamp:"
                + " 'TIMESTAMPTZ', event: 'VARCHAR', n: 'BIGINT', amount: 'DOUBLE', properties: 'JSON'})",
            new ExportFormat(ExportFormat.Kind.CSV, ExportFormat.Codec.NONE),
            "read_csv('%s', header=true, columns={timestamp: 'TIMESTAMPTZ', event: 'VARCHAR', n: 'BIGINT',"
                + " amount: 'DOUBLE', properties: 'VARCHAR'})",
            new ExportFormat(ExportFormat.Kind.PARQUET, ExportFormat.Codec.ZSTD),
            "read_parquet('%s')");
    for (Map.Entry<ExportFormat, String> reader : readers.entrySet()) {
      ExportSpec spec = spec(plan, reader.getKey(), JobFixture.LANDING, start, end);

      JobID job = fixture.start(spec, new S3ObjectStores());

      Map<String, Object> accumulators = fixture.accumulators(job);
      ExportResult result = result(spec).orElseThrow();
      assertThat(result.files()).hasSize(1);
      byte[] object = complete(result.files().get(0));
      Path file = Files.write(folder.resolve("exported"), object);
      assertThat(sums(reader.getValue().formatted(file))).as("%s", reader).isEqualTo(expected);
      assertThat(result.rowsRead()).isEqualTo(1_000_000);
      assertThat(result.rowsWritten()).isEqualTo(950_001);
      assertThat(result.bytesWritten()).isEqualTo(object.length);
      assertThat(accumulators)
          .containsEntry(Accumulators.ROWS_WRITTEN, 950_001L)
          .containsEntry(Accumulators.BYTES_WRITTEN, (long) object.length);
    }
  }

  @Test
  void aStoppedExportLeavesNoResultAndNoVisibleFile() throws Exception {
    ExportSpec spec =
        spec(
            table(40_000),
            new ExportFormat(ExportFormat.Kind.CSV, ExportFormat.Codec.NONE),
            JobFixture.LANDING,
            START,
            START.plusSeconds(3600));
    JobID job = fixture.start(spec, new SlowStores(Duration.ofSeconds(1)));
    fixture.awaitRunning(job);

    String unused = fixture.stopWithSavepoint(job);

    assertThat(result(spec)).isEmpty();
    assertThat(fixture.store().list(JobFixture.LANDING, "out/", Optional.empty()).objects())
        .isEmpty();
  }

  @Test
  void anAttemptThatMeetsTroubleLeavesItsReasonAndTheNextOneWritesEveryRowOnce() throws Exception {
    ExportSpec spec =
        spec(
            table(40_000),
            new ExportFormat(ExportFormat.Kind.PARQUET, ExportFormat.Codec.SNAPPY),
            JobFixture.LANDING,
            START,
            START.plusSeconds(3600));

    int attempts = 1;
    while (fixture.awaitEnd(fixture.start(spec, new BadStart())) != JobStatus.FINISHED) {
      assertThat(failure(spec).permanent()).isFalse();
      assertThat(failure(spec).reason()).contains("the service asks to slow down");
      assertThat(result(spec)).isEmpty();
      spec = next(spec);
      attempts++;
    }

    assertThat(attempts).isEqualTo(4);
    ExportResult result = result(spec).orElseThrow();
    Path file = Files.write(folder.resolve("exported"), complete(result.files().get(0)));
    assertThat(sums("read_parquet('" + file + "')")).isEqualTo(sums("t"));
    assertThat(result.rowsWritten()).isEqualTo(40_000);
    assertThat(result.attempt()).isEqualTo(attempts);
  }

  /** S3 that fails one read and two parts, and is well then. */
  private record BadStart() implements ObjectStores {
    private static final AtomicInteger READS = new AtomicInteger(1);
    private static final AtomicInteger PARTS = new AtomicInteger(2);

    @Override
    public ObjectStore open(S3Access access) {
      return new ForwardingStore(new S3ObjectStores().open(access)) {
        @Override
        public InputStream read(String bucket, String key, String etag, long offset, long length)
            throws IOException {
          fail(READS);
          return super.read(bucket, key, etag, offset, length);
        }

        @Override
        public UploadedPart uploadPart(
            String bucket, String key, String uploadId, int number, byte[] bytes, int length)
            throws IOException {
          fail(PARTS);
          return super.uploadPart(bucket, key, uploadId, number, bytes, length);
        }
      };
    }

    private static void fail(AtomicInteger left) throws IOException {
      if (left.getAndDecrement() > 0) {
        throw new ObjectStoreException(
            TaskFailure.FailureCode.OTHER, false, "the service asks to slow down", null);
      }
    }
  }

  private static ExportSpec next(ExportSpec spec) {
    return new ExportSpec(
        spec.version(),
        spec.jobId(),
        spec.title(),
        spec.attempt() + 1,
        spec.storage(),
        spec.bucket(),
        spec.jobsPrefix(),
        spec.query(),
        spec.format(),
        spec.destination());
  }

  private ExportFailure failure(ExportSpec spec) throws IOException {
    return SpecJson.read(
        fixture.store().get(JobFixture.WAREHOUSE, spec.folder().failure()).orElseThrow(),
        ExportFailure.class);
  }

  @Test
  void aDestinationThatDoesNotExistEndsTheJobAndIsNamed() throws Exception {
    ExportSpec spec =
        spec(
            table(400),
            new ExportFormat(ExportFormat.Kind.CSV, ExportFormat.Codec.NONE),
            "no-such-bucket",
            START,
            START.plusSeconds(3600));

    JobStatus status = fixture.awaitEnd(fixture.start(spec, new S3ObjectStores()));

    assertThat(status).isEqualTo(JobStatus.FAILED);
    ExportFailure failure = failure(spec);
    assertThat(failure.kind()).isEqualTo(ExportFailure.Kind.DESTINATION);
    assertThat(failure.permanent()).isTrue();
    assertThat(failure.code()).isEqualTo("NoSuchBucket");
    assertThat(failure.reason()).contains("s3://no-such-bucket/out/a+00:00-b+00:00.x");
  }
}

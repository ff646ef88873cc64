package io.penstock.job.export;

import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.scan.ScanColumns;
import io.penstock.job.scan.TableScan;
import io.penstock.spec.ColumnType;
import io.penstock.spec.S3Access;
import io.penstock.spec.SealedSecret;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.Destination;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A table of DuckDB's making in memory, and exports of it without Flink. */
final class ExportHistory implements AutoCloseable {
  static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
  static final String BUCKET = "warehouse";
  static final String OUT = "lake-out";
  static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn("timestamp", 1, ColumnType.TIMESTAMP),
          new TableColumn("event", 2, ColumnType.STRING),
          new TableColumn("n", 3, ColumnType.INT64),
          new TableColumn("properties", 4, ColumnType.JSON));
  private static final S3Access ACCESS =
      new S3Access(Optional.empty(), "us-east-1", true, Optional.of(new SealedSecret("c2VhbGVk")));

  final MemoryObjectStore store = new MemoryObjectStore();
  final List<ExportPlan.TableFile> files = new ArrayList<>();
  private final Path folder;
  private final Connection duckDb;

  ExportHistory(Path folder) throws SQLException {
    this.folder = folder;
    this.duckDb = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** Adds a file: rows {@code from} to {@code to - 1}, a second apart, some without an event. */
  void addFile(int from, int to) throws Exception {
    Path file = folder.resolve("t-" + files.size() + ".parquet");
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(
          """
          COPY (SELECT TIMESTAMPTZ '2023-01-01 00:00:00+00' + to_seconds(n) AS timestamp,
              CASE WHEN n % 10 = 0 THEN NULL WHEN n % 10 = 1 THEN '' ELSE 'e/' || n % 4 END AS event, n,
              '{"n": ' || n || ', "text": "' || repeat(md5(n::VARCHAR), 4) || '"}' AS properties
            FROM range(FROM, TO) r(n) ORDER BY n)
          TO 'FILE' (FORMAT parquet, CODEC 'zstd', ROW_GROUP_SIZE 2048,
            FIELD_IDS {timestamp: 1, event: 2, n: 3, properties: 4})"""
              .replace("FILE", file.toString())
              .replace("(FROM, TO)", "(" + from + ", " + to + ")"));
    }
    byte[] bytes = Files.readAllBytes(file);
    String key = "t/" + file.getFileName();
    store.put(BUCKET, key, bytes);
    files.add(new ExportPlan.TableFile(key, to - from, bytes.length));
  }

  /** All columns as they are, of rows between two seconds. */
  static ExportQuery query(int from, int to) {
    List<ExportQuery.Output> outputs = new ArrayList<>();
    for (TableColumn column : COLUMNS) {
      outputs.add(
          new ExportQuery.Output(
              column.name(),
              new Expression.Input(outputs.size(), ExportQuery.valueType(column.type()))));
    }
    return new ExportQuery(
        COLUMNS,
        Optional.of(
            new ExportQuery.Interval(
                0, Optional.of(START.plusSeconds(from)), START.plusSeconds(to))),
        Optional.empty(),
        outputs);
  }

  static ExportSpec spec(
      ExportQuery query, ExportFormat format, OptionalLong maxFileBytes, List<Integer> dividers) {
    return new ExportSpec(
        ExportSpec.VERSION,
        UUID.fromString("b7a1f3a0-55c7-4d0a-9f0e-0d6a3f7f8a21"),
        "export",
        1,
        ACCESS,
        BUCKET,
        "jobs/",
        query,
        format,
        new Destination(
            ACCESS,
            OUT,
            new FileNames("p/", "a-b", ".x"),
            Optional.empty(),
            maxFileBytes,
            dividers));
  }

  ExportResult run(ExportSpec spec) throws IOException {
    return run(spec, store);
  }

  ExportResult run(ExportSpec spec, ObjectStore target) throws IOException {
    List<ExportResult> results = new ArrayList<>();
    DestinationStore destination = new DestinationStore(spec, target, store);
    try (ExportWriter writer = new ExportWriter(spec, destination, results::add);
        TableScan scan = new TableScan(store, BUCKET, files, ScanColumns.of(spec.query()))) {
      writer.begun();
      for (Optional<RowBatch> b = scan.next(); b.isPresent(); b = scan.next()) {
        writer.rows(b.get());
        scan.release(b.get());
      }
      long rows = files.stream().mapToLong(ExportPlan.TableFile::rows).sum();
      writer.ended(new ScanEvent.Ended(rows, scan.skippedRows()));
    }
    return results.get(0);
  }

  /** Completes the uploads, and gives the objects' bytes. */
  List<byte[]> complete(ExportResult result) throws IOException {
    List<byte[]> objects = new ArrayList<>();
    for (ExportedFile file : result.files()) {
      store.completeUpload(
          OUT,
          file.key(),
          file.uploadId(),
          file.parts().stream()
              .map(part -> new ObjectStore.UploadedPart(part.number(), part.etag()))
              .toList());
      objects.add(store.get(OUT, file.key()).orElseThrow());
    }
    return objects;
  }

  List<BegunUpload> noted(ExportSpec spec) throws IOException {
    List<BegunUpload> noted = new ArrayList<>();
    for (ObjectStore.ObjectStat object :
        store.list(BUCKET, spec.folder().uploads(), Optional.empty()).objects()) {
      noted.add(SpecJson.read(store.get(BUCKET, object.key()).orElseThrow(), BegunUpload.class));
    }
    return noted;
  }

  @Override
  public void close() throws SQLException {
    duckDb.close();
  }
}

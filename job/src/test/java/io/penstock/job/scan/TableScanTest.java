package io.penstock.job.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.ColumnType;
import io.penstock.spec.export.ExportPlan.TableFile;
import io.penstock.spec.export.TableColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DuckDB writes, with every codec and encoding that it has. */
final class TableScanTest {
  private static final String BUCKET = "warehouse";
  private static final int ROWS = 20_000;

  /** In the order of {@link #COLUMNS}, as they are in a vector. */
  private static final String VECTORS =
      "SELECT b, i, l, f::DOUBLE, d, few, many, js, epoch_us(us), epoch_us(ms), epoch_us(ns), dense";

  private static final List<TableColumn> COLUMNS =
      List.of(
          column("b", ColumnType.BOOLEAN),
          column("i", ColumnType.INT32),
          column("l", ColumnType.INT64),
          column("f", ColumnType.DOUBLE),
          column("d", ColumnType.DOUBLE),
          column("few", ColumnType.STRING),
          column("many", ColumnType.STRING),
          column("js", ColumnType.JSON),
          column("us", ColumnType.TIMESTAMP),
          column("ms", ColumnType.TIMESTAMP),
          column("ns", ColumnType.TIMESTAMP),
          column("dense", ColumnType.INT64));

  @TempDir Path folder;
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final List<TableFile> files = new ArrayList<>();
  private Connection duckDb;

  private static TableColumn column(String name, ColumnType type) {
    return new TableColumn(name, 0, type);
  }

  @BeforeEach
  void open() throws SQLException {
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    execute("SELECT setseed(0.5)");
    execute(
        """
        CREATE TABLE t AS SELECT n,
          CASE WHEN n % 5 = 0 THEN NULL ELSE n % 3 = 0 END AS b,
          CASE WHEN n % 7 = 0 THEN NULL ELSE (n * 31 % 100000 - 500)::INTEGER END AS i,
          CASE WHEN n % 11 = 0 THEN NULL ELSE n * 1000003 - 7 END AS l,
          CASE WHEN n % 3 = 0 THEN NULL ELSE (n / 8.0)::FLOAT END AS f,
          CASE WHEN n % 9 = 0 THEN NULL ELSE random() END AS d,
          CASE WHEN n % 4 = 0 THEN NULL ELSE 'v' || (n % 17) END AS few,
          CASE WHEN n % 13 = 0 THEN NULL WHEN n % 13 = 1 THEN '' ELSE repeat(uuid()::VARCHAR, (n % 3)::INTEGER + 1) END AS many,
          CASE WHEN n BETWEEN 3000 AND 9000 THEN NULL ELSE '{"n":' || n || '}' END AS js,
          TIMESTAMPTZ '2023-01-01 00:00:00+00' + to_seconds(n) AS us,
          (TIMESTAMP '2023-01-01 00:00:00' + to_milliseconds(n * 17))::TIMESTAMP_MS AS ms,
          (TIMESTAMP '1960-01-01 00:00:00' + to_microseconds(n * 17))::TIMESTAMP_NS AS ns,
          n // 100 AS dense
        FROM range(20000) r(n)""");
  }

  @AfterEach
  void close() throws SQLException {
    duckDb.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writes rows of the table to a file, and puts that into the store. */
  private TableFile write(String name, String where, String options) throws Exception {
    Path file = folder.resolve(name);
    execute(
        "COPY (SELECT * EXCLUDE n FROM t WHERE %s ORDER BY n) TO '%s' (FORMAT parquet, %s)"
            .formatted(where, file, options));
    byte[] bytes = Files.readAllBytes(file);
    store.put(BUCKET, name, bytes);
    TableFile written = new TableFile(name, count(where), bytes.length);
    files.add(written);
    return written;
  }

  private long count(String where) throws SQLException {
    return Long.parseLong(rows("SELECT count(*) FROM t WHERE " + where).get(0).get(0));
  }

  private List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = duckDb.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int c = 1; c <= columns; c++) {
          row.add(String.valueOf(found.getObject(c)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private List<List<String>> scanned(ScanColumns columns) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (TableScan scan = new TableScan(store, BUCKET, files, columns)) {
      for (Optional<RowBatch> b = scan.next(); b.isPresent(); b = scan.next()) {
        RowBatch batch = b.get();
        for (int row = 0; row < batch.rows(); row++) {
          List<String> one = new ArrayList<>();
          for (int c = columns.firstColumn(); c < batch.columnCount(); c++) {
            one.add(text(batch.column(c), row));
          }
          rows.add(one);
        }
        scan.release(batch);
      }
    }
    return rows;
  }

  private static String text(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return "null";
    }
    return switch (vector.type()) {
      case STRING, JSON ->
          new String(
              vector.text(), vector.textStart(row), vector.textLength(row), StandardCharsets.UTF_8);
      case DOUBLE -> Double.toString(vector.doubleAt(row));
      case BOOLEAN -> Boolean.toString(vector.longAt(row) != 0);
      case INT32, INT64, TIMESTAMP -> Long.toString(vector.longAt(row));
      case UINT64 -> Long.toUnsignedString(vector.longAt(row));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "uncompressed, V1",
    "snappy, V1",
    "gzip, V1",
    "zstd, V1",
    "brotli, V1",
    "lz4_raw, V1",
    "zstd, V2",
    "snappy, V2"
  })
  void everyValueComesInOrderWhateverTheCodec(String codec, String version) throws Exception {
    String options =
        "CODEC '%s', PARQUET_VERSION %s, ROW_GROUP_SIZE 6144".formatted(codec, version);
    write("a.parquet", "n < 13000", options);
    write("b.parquet", "n >= 13000 AND n < 13001", options);
    write("c.parquet", "n > 13000", options);

    assertThat(scanned(new ScanColumns(COLUMNS, 3, Optional.empty())))
        .isEqualTo(rows(VECTORS + " FROM t ORDER BY n"));
  }

  @Test
  void columnsThatAFileDoesNotHaveAreNullAndOthersAreNotRead() throws Exception {
    write("a.parquet", "n < 700", "CODEC 'zstd'");
    List<TableColumn> columns =
        List.of(column("dense", ColumnType.INT64), column("absent", ColumnType.STRING));

    assertThat(scanned(new ScanColumns(columns, 0, Optional.empty())))
        .isEqualTo(rows("SELECT dense, NULL FROM t WHERE n < 700 ORDER BY n"));
  }

  @Test
  void columnsAreFoundByTheirFieldIdsWhateverTheirNames() throws Exception {
    write("a.parquet", "n < 10", "FIELD_IDS {few: 7, many: 8, dense: 9}");
    List<TableColumn> columns =
        List.of(
            new TableColumn("renamed", 8, ColumnType.STRING),
            new TableColumn("few", 70, ColumnType.STRING));

    assertThat(scanned(new ScanColumns(columns, 0, Optional.empty())))
        .isEqualTo(rows("SELECT many, NULL FROM t WHERE n < 10 ORDER BY n"));
  }

  @Test
  void rowGroupsOfOtherTimesAreSkippedAndCounted() throws Exception {
    write("a.parquet", "n < 20000", "ROW_GROUP_SIZE 2048");
    long from = Long.parseLong(rows("SELECT epoch_us(us) FROM t WHERE n = 5000").get(0).get(0));
    ScanColumns.Times times = new ScanColumns.Times(0, from, from + 1_000_000);
    ScanColumns columns =
        new ScanColumns(List.of(column("us", ColumnType.TIMESTAMP)), 0, Optional.of(times));

    try (TableScan scan = new TableScan(store, BUCKET, files, columns)) {
      long rows = 0;
      for (Optional<RowBatch> b = scan.next(); b.isPresent(); b = scan.next()) {
        rows += b.get().rows();
      }
      assertThat(rows).isEqualTo(2048);
      assertThat(scan.skippedRows()).isEqualTo(ROWS - 2048);
    }
  }

  @Test
  void whatIsNotAsTheTableHasItIsNamed() throws Exception {
    TableFile file = write("a.parquet", "n < 700", "CODEC 'zstd'");
    ScanColumns columns = new ScanColumns(COLUMNS, 0, Optional.empty());

    files.set(0, new TableFile(file.key(), 701, file.bytes()));
    assertThatThrownBy(() -> scanned(columns))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("s3://warehouse/a.parquet: it has 700 rows where the table has 701");

    files.set(0, new TableFile(file.key(), 700, file.bytes() + 1));
    assertThatThrownBy(() -> scanned(columns))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("where the table has " + (file.bytes() + 1));

    files.set(0, new TableFile("gone", 700, 1));
    assertThatThrownBy(() -> scanned(columns)).hasMessageContaining("s3://warehouse/gone");

    files.set(0, file);
    ScanColumns wrong =
        new ScanColumns(List.of(column("few", ColumnType.INT64)), 0, Optional.empty());
    assertThatThrownBy(() -> scanned(wrong))
        .hasMessageContaining("column few is stored as BYTE_ARRAY and cannot be read as INT64");
  }

  /** Values themselves may come out wrong: pages have no checksum. */
  @Test
  void aDamagedFileGivesAllOfItsRowsOrAnErrorThatNamesIt() throws Exception {
    TableFile file = write("a.parquet", "n < 3000", "CODEC 'uncompressed'");
    byte[] bytes = store.get(BUCKET, "a.parquet").orElseThrow();
    List<List<String>> right = scanned(new ScanColumns(COLUMNS, 0, Optional.empty()));
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      byte[] cut = bytes.clone();
      // Zeros where page headers, levels and lengths are.
      int from = random.nextInt(bytes.length - 400);
      Arrays.fill(cut, from, from + 300, (byte) random.nextInt());
      store.put(BUCKET, "a.parquet", cut);
      try {
        assertThat(scanned(new ScanColumns(COLUMNS, 0, Optional.empty()))).hasSameSizeAs(right);
      } catch (UnreadableException e) {
        assertThat(e).hasMessageContaining(file.key());
      }
    }
  }
}

package io.penstock.job.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TimeFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type, written here and read by DuckDB. */
final class ParquetFileTest {
  private static final List<ColumnSpec> COLUMNS = columns();

  private static List<ColumnSpec> columns() {
    List<ColumnSpec> columns = new ArrayList<>();
    for (ColumnType type : ColumnType.values()) {
      columns.add(column(type, columns.size() + 1));
    }
    return columns;
  }

  @TempDir Path folder;

  private static ColumnSpec column(ColumnType type, int fieldId) {
    return new ColumnSpec(
        "c_" + type.name().toLowerCase(java.util.Locale.ROOT),
        fieldId,
        type,
        new ColumnSource.None(),
        type == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Few or many distinct values, so that both encodings occur; and the ends of each type. */
  private static String value(ColumnType type, Random random, ColumnVector vector, int row) {
    if (random.nextInt(5) == 0) {
      vector.setNull(row);
      return null;
    }
    switch (type) {
      case STRING, JSON -> {
        String text =
            random.nextInt(4) == 0 ? "é€😀" : "t" + random.nextInt(1 << random.nextInt(20));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        vector.setText(row, bytes, 0, bytes.length);
        return text;
      }
      case BOOLEAN -> {
        boolean value = random.nextBoolean();
        vector.setLong(row, value ? 1 : 0);
        return Boolean.toString(value);
      }
      case INT32 -> {
        int value = random.nextInt(3) == 0 ? Integer.MIN_VALUE : random.nextInt();
        vector.setLong(row, value);
        return Integer.toString(value);
      }
      case INT64, TIMESTAMP -> {
        long value =
            random.nextInt(3) == 0
                ? 1_760_000_000_000_000L
                : random.nextLong(1L << 55) - (1L << 54);
        vector.setLong(row, value);
        return Long.toString(value);
      }
      case UINT64 -> {
        long value = random.nextInt(3) == 0 ? -1 : random.nextLong();
        vector.setLong(row, value);
        return Long.toUnsignedString(value);
      }
      case DOUBLE -> {
        double value = random.nextInt(3) == 0 ? -0.5 : random.nextGaussian() * 1e9;
        vector.setDouble(row, value);
        return Double.toString(value);
      }
    }
    throw new AssertionError(type);
  }

  @Test
  void everyValueComesBack() throws Exception {
    Random random = new Random(5);
    List<List<String>> expected = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ParquetFile.Finished finished;
    try (PageCompressor compressor = new PageCompressor(3)) {
      ParquetFile file = new ParquetFile(COLUMNS, compressor, bytes);
      for (int batch = 0; batch < 150; batch++) {
        file.append(
            batch(random, expected), IntStream.range(0, RowBatch.CAPACITY).toArray(), 0, 512);
      }
      finished = file.finish();
    }
    Path path = folder.resolve("all.parquet");
    Files.write(path, bytes.toByteArray());

    assertThat(finished.rows()).isEqualTo(expected.size());
    assertThat(rows("SELECT " + SELECT + " FROM '" + path + "'")).isEqualTo(expected);
    assertThat(
            rows(
                "SELECT name, field_id FROM parquet_schema('" + path + "') WHERE type IS NOT NULL"))
        .isEqualTo(
            COLUMNS.stream().map(c -> List.of(c.name(), Integer.toString(c.fieldId()))).toList());
    assertNullsAndBounds(path, expected);
  }

  private static final String SELECT =
      "c_string, c_boolean::varchar, c_int32::varchar, c_int64::varchar, c_uint64::varchar, c_double,"
          + " epoch_us(c_timestamp)::varchar, c_json";

  private static RowBatch batch(Random random, List<List<String>> expected) {
    ColumnVector[] vectors =
        COLUMNS.stream().map(c -> new ColumnVector(c.type())).toArray(ColumnVector[]::new);
    RowBatch batch = new RowBatch(vectors);
    for (int row = 0; row < RowBatch.CAPACITY; row++) {
      List<String> values = new ArrayList<>();
      for (int c = 0; c < vectors.length; c++) {
        values.add(value(COLUMNS.get(c).type(), random, vectors[c], row));
      }
      expected.add(values);
      batch.endRow();
    }
    return batch;
  }

  /** The statistics in the footer, which readers skip row groups by. */
  private void assertNullsAndBounds(Path path, List<List<String>> expected) throws Exception {
    for (int c = 0; c < COLUMNS.size(); c++) {
      int column = c;
      String name = COLUMNS.get(c).name();
      long nulls = expected.stream().filter(row -> row.get(column) == null).count();
      List<List<String>> found =
          rows(
              """
              SELECT sum(stats_null_count)::bigint FROM parquet_metadata('%s') WHERE path_in_schema = '%s'"""
                  .formatted(path, name));
      assertThat(found.get(0).get(0)).as(name).isEqualTo(Long.toString(nulls));
      String between =
          """
          SELECT count(*) FROM '%s', (SELECT min(stats_min_value) lo, max(stats_max_value) hi
            FROM parquet_metadata('%s') WHERE path_in_schema = '%s')
          WHERE %s < lo::%s OR %s > hi::%s"""
              .formatted(path, path, name, name, duckDbType(column), name, duckDbType(column));
      if (COLUMNS.get(c).type() != ColumnType.BOOLEAN) {
        assertThat(rows(between).get(0).get(0)).as("outside the bounds of %s", name).isEqualTo("0");
      }
    }
  }

  private static String duckDbType(int column) {
    return switch (COLUMNS.get(column).type()) {
      case STRING, JSON -> "varchar";
      case BOOLEAN -> "boolean";
      case INT32 -> "integer";
      case INT64 -> "bigint";
      case UINT64 -> "decimal(20,0)";
      case DOUBLE -> "double";
      case TIMESTAMP -> "timestamptz";
    };
  }

  private static List<List<String>> rows(String sql) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int c = 1; c <= width; c++) {
          Object value = result.getObject(c);
          row.add(value == null ? null : value.toString());
        }
        rows.add(row);
      }
    }
    return rows;
  }
}

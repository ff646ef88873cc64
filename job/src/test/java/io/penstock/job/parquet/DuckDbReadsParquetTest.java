package io.penstock.job.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, read by DuckDB. */
final class DuckDbReadsParquetTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyValueComesBackWhateverTheColumns(long seed) throws Exception {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(seed % 2 == 0 ? 1000 : 100_000);
    Rows rows = Rows.of(count, new RandomColumns(random).some(1 + random.nextInt(10)));
    Path file = Files.write(folder.resolve("random.parquet"), rows.write(1).bytes());

    List<List<Object>> read = read(rows.columns(), file);
    assertThat(read).hasSize(count);
    for (int row = 0; row < count; row++) {
      assertThat(read.get(row))
          .as("row %d", row)
          .isEqualTo(expected(rows.columns(), rows.values().get(row)));
    }
  }

  private static List<Object> expected(List<ColumnSpec> columns, Object[] row) {
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < row.length; c++) {
      boolean readable = columns.get(c).type() != ColumnType.TIMESTAMP || isReadable((Long) row[c]);
      values.add(readable ? row[c] : null);
    }
    return values;
  }

  /** The largest timestamp is infinity to DuckDB. */
  private static boolean isReadable(Long micros) {
    return micros != null && Math.abs(micros) != Long.MAX_VALUE;
  }

  private static List<List<Object>> read(List<ColumnSpec> columns, Path file) throws Exception {
    String select =
        columns.stream().map(DuckDbReadsParquetTest::expression).collect(Collectors.joining(", "));
    List<List<Object>> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery("SELECT %s FROM '%s'".formatted(select, file))) {
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int c = 1; c <= columns.size(); c++) {
          row.add(result.getObject(c));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String expression(ColumnSpec column) {
    return switch (column.type()) {
      case TIMESTAMP ->
          "CASE WHEN isfinite(%s) THEN epoch_us(%s) END".formatted(column.name(), column.name());
      case UINT64 -> column.name() + "::UBIGINT";
      default -> column.name();
    };
  }
}

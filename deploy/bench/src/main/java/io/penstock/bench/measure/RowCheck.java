package io.penstock.bench.measure;

import io.penstock.bench.data.Column;
import io.penstock.bench.data.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether two sets of Parquet files hold the same rows, in whatever order: equal counts, equal sums
 * of the rows' hashes, and of each column's.
 */
public final class RowCheck {
  private RowCheck() {}

  /** All Parquet files of a folder, as a table. */
  public static String parquet(Path folder) {
    return "read_parquet('" + folder + "/**/*', hive_partitioning = false)";
  }

  /**
   * @param expected a table of DuckDB
   * @param found likewise
   * @throws IOException naming what differs
   */
  public static void assertSame(Dataset dataset, String expected, String found)
      throws IOException, SQLException {
    Map<String, String> should = sums(dataset, expected);
    Map<String, String> is = sums(dataset, found);
    List<String> differences = new ArrayList<>();
    should.forEach(
        (what, sum) -> {
          if (!sum.equals(is.get(what))) {
            differences.add("%s: %s, not %s".formatted(what, is.get(what), sum));
          }
        });
    if (!differences.isEmpty()) {
      throw new IOException(
          "the rows of %s differ from those of %s: %s"
              .formatted(found, expected, String.join("; ", differences)));
    }
  }

  private static Map<String, String> sums(Dataset dataset, String table) throws SQLException {
    List<String> values = dataset.schema().stream().map(RowCheck::value).toList();
    String sums =
        values.stream().map(value -> "sum(hash(" + value + "))").collect(Collectors.joining(", "));
    String sql =
        "SELECT count(*), sum(hash(%s)), %s FROM %s"
            .formatted(String.join(", ", values), sums, table);
    Map<String, String> found = new LinkedHashMap<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      found.put("rows", result.getString(1));
      found.put("hash of all columns", result.getString(2));
      for (int i = 0; i < values.size(); i++) {
        found.put("hash of " + dataset.schema().get(i).name(), result.getString(3 + i));
      }
    }
    return found;
  }

  /** In one type, whatever the file has. */
  private static String value(Column column) {
    String name = '"' + column.name() + '"';
    return switch (column.kind()) {
      case TIME -> "epoch_us(" + name + ")";
      case TEXT, JSON -> name + "::VARCHAR";
      case INT, LONG -> name + "::BIGINT";
      case DOUBLE -> name + "::DOUBLE";
      case TRUTH -> name + "::BOOLEAN";
    };
  }
}

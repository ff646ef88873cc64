package io.penstock.bench.peer;

import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.SourceSql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement: no order to keep, types given, files read side by side. */
final class DuckDbLoad {
  private static final long MICROS_PER_MINUTE = 60_000_000;

  private DuckDbLoad() {}

  static void run(Request request) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = " + Peer.THREADS);
      statement.execute("SET preserve_insertion_order = false");
      statement.execute(
          "SET partitioned_write_max_open_files = "
              + Math.max(100, request.dataset().buckets() + 1));
      statement.execute(sql(request));
    }
  }

  private static String sql(Request request) {
    Dataset dataset = request.dataset();
    return """
        COPY (SELECT *, epoch_us("%s") // %d AS bucket FROM %s)
          TO '%s' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (bucket), OVERWRITE_OR_IGNORE)"""
        .formatted(
            Columns.TIME,
            dataset.bucketMinutes() * MICROS_PER_MINUTE,
            SourceSql.of(dataset, Path.of(request.input())),
            request.output());
  }
}

package io.penstock.bench.peer;

import io.penstock.bench.data.Column;
import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

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
            source(dataset, request.input()),
            request.output());
  }

  private static String source(Dataset dataset, String folder) {
    String columns =
        dataset.schema().stream()
            .map(DuckDbLoad::declaration)
            .collect(Collectors.joining(", ", "{", "}"));
    String files = folder + "/*" + dataset.format().ending();
    String compression =
        dataset.format().compression().isEmpty() ? "none" : dataset.format().compression();
    return dataset.format().csv()
        ? """
          read_csv('%s', columns = %s, auto_detect = false, header = false, delim = ',',
            quote = '"', escape = '"', nullstr = '\\N', new_line = '\\n', compression = '%s',
            timestampformat = '%%Y-%%m-%%dT%%H:%%M:%%S.%%gZ')"""
            .formatted(files, columns, compression)
        : "read_json('%s', columns = %s, format = 'newline_delimited', compression = '%s')"
            .formatted(files, columns, compression);
  }

  private static String declaration(Column column) {
    return "'" + column.name() + "': '" + column.kind().duckDbType() + "'";
  }
}

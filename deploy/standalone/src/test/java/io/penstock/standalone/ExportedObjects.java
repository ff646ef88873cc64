package io.penstock.standalone;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** What exports wrote, as DuckDB reads it, which knows nothing of them. */
public final class ExportedObjects {
  private ExportedObjects() {}

  /**
   * A query of an object's rows.
   *
   * @param key whose suffixes say what it is
   * @param columns that it has, in their order; {@code ts} is shown in milliseconds
   * @param folder for copies: DuckDB keeps what it read of a path
   */
  public static String read(byte[] object, String key, String columns, Path folder)
      throws IOException {
    Path file = Files.createTempFile(folder, "exported", "");
    Files.write(file, key.contains(".parquet") ? object : decompressed(object, key));
    String shown =
        Arrays.stream(columns.split(", ", -1))
            .map(name -> name.equals("ts") ? "epoch_ms(ts) AS ts" : name)
            .collect(Collectors.joining(", "));
    if (key.contains(".parquet")) {
      return "SELECT %s FROM read_parquet('%s')".formatted(shown, file);
    }
    String types =
        Arrays.stream(columns.split(", ", -1))
            .map(name -> name + ": '" + type(name) + "'")
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM read_json('%s', format = 'newline_delimited', columns = {%s})"
        .formatted(shown.replace("properties", "properties::VARCHAR"), file, types);
  }

  private static String type(String column) {
    return switch (column) {
      case "ts" -> "TIMESTAMPTZ";
      case "id" -> "BIGINT";
      case "properties" -> "JSON";
      default -> "VARCHAR";
    };
  }

  private static byte[] decompressed(byte[] object, String key) throws IOException {
    if (key.endsWith(".jsonl")) {
      return object;
    }
    Brotli4jLoader.ensureAvailability();
    try (InputStream in =
        key.endsWith(".gz")
            ? new GZIPInputStream(new ByteArrayInputStream(object))
            : new BrotliInputStream(new ByteArrayInputStream(object))) {
      return in.readAllBytes();
    }
  }

  /** How many rows one of them has and the other has not, or not as often. */
  public static long differences(Connection duckDb, String one, String other) throws SQLException {
    execute(duckDb, "CREATE OR REPLACE TEMP TABLE one_side AS " + one);
    execute(duckDb, "CREATE OR REPLACE TEMP TABLE other_side AS " + other);
    return number(
        duckDb,
        """
        SELECT count(*) FROM ((FROM one_side EXCEPT ALL FROM other_side)
          UNION ALL (FROM other_side EXCEPT ALL FROM one_side))""");
  }

  public static long count(Connection duckDb, String query) throws SQLException {
    return number(duckDb, "SELECT count(*) FROM (" + query + ")");
  }

  private static void execute(Connection duckDb, String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection duckDb, String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }
}

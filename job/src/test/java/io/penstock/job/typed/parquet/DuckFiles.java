package io.penstock.job.typed.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Files that DuckDB writes, and what it reads of them. */
public final class DuckFiles implements AutoCloseable {
  private final Path folder;
  private final Connection connection;
  private int files;

  public DuckFiles(Path folder) throws SQLException {
    this.folder = folder;
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone = 'UTC'");
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * A file of a query's rows.
   *
   * @param options of COPY, behind the format
   */
  public byte[] parquet(String query, String options) throws SQLException, IOException {
    Path file = folder.resolve("file" + files++ + ".parquet");
    execute("COPY (" + query + ") TO '" + file + "' (FORMAT PARQUET" + options + ")");
    return Files.readAllBytes(file);
  }

  /** Values as text. */
  public List<List<String>> rows(String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

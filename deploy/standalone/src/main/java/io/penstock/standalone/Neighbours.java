package io.penstock.standalone;

import io.penstock.control.config.Settings;
import io.penstock.control.job.TableRef;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.S3JobFolders;
import io.penstock.control.publish.StorageAccess;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Reaches the S3 server and the tables of a running Penstock from another process. */
final class Neighbours implements AutoCloseable {
  private static final int FILES_READ = 4;

  private final S3Client s3;
  private final IcebergTables tables;
  private final S3JobFolders folders;

  private Neighbours(S3Client s3, IcebergTables tables, S3JobFolders folders) {
    this.s3 = s3;
    this.folders = folders;
    this.tables = tables;
  }

  static Neighbours of(Settings settings) {
    URI endpoint = URI.create(settings.get(Settings.STORAGE_ENDPOINT));
    String keyId = settings.get(Settings.STORAGE_ACCESS_KEY_ID);
    String secret = settings.get(Settings.STORAGE_SECRET_ACCESS_KEY);
    S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.of(settings.get(Settings.STORAGE_REGION)))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
            .build();
    StorageAccess storage =
        new StorageAccess(
            Optional.of(endpoint),
            settings.get(Settings.STORAGE_REGION),
            true,
            settings.get(Settings.STORAGE_BUCKET),
            settings.get(Settings.STORAGE_PREFIX),
            keyId,
            secret);
    IcebergTables tables =
        IcebergTables.toRead(
            settings.get(Settings.DATABASE_URL),
            settings.get(Settings.DATABASE_USER),
            settings.get(Settings.DATABASE_PASSWORD),
            storage);
    return new Neighbours(client, tables, new S3JobFolders(storage));
  }

  /** Returns the object's URL. */
  String put(String target, Path file) {
    URI url = URI.create(target);
    String key = url.getPath().substring(1) + file.getFileName();
    s3.putObject(r -> r.bucket(url.getHost()).key(key), RequestBody.fromFile(file));
    return "s3://" + url.getHost() + "/" + key;
  }

  void printRows(String name, int limit, PrintStream out) throws IOException, SQLException {
    Table table = table(name);
    Path folder = Files.createTempDirectory("penstock-rows");
    List<Path> files = new ArrayList<>();
    long rows = 0;
    long partitions = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        rows += task.file().recordCount();
        partitions++;
        if (files.size() < FILES_READ) {
          URI url = URI.create(task.file().location());
          Path copy = folder.resolve(files.size() + ".parquet");
          s3.getObject(r -> r.bucket(url.getHost()).key(url.getPath().substring(1)), copy);
          files.add(copy);
        }
      }
    }
    out.printf("%s: %d rows in %d partitions%n", name, rows, partitions);
    if (!files.isEmpty()) {
      printRows(folder, limit, out);
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  /** From the task records, which hold the first of each task. */
  void printRejects(UUID job, PrintStream out) throws IOException {
    for (TaskRecord record : folders.records(job, folders.doneTasks(job))) {
      record
          .rejects()
          .ifPresent(
              rejects ->
                  rejects
                      .samples()
                      .forEach(
                          row ->
                              out.printf(
                                  "  %s line %d: %s%n      %s%n",
                                  row.object(), row.line(), row.reason(), row.row().orElse(""))));
    }
  }

  private static void printRows(Path folder, int limit, PrintStream out) throws SQLException {
    String sql = "SELECT * FROM read_parquet('" + folder + "/*.parquet') LIMIT " + limit;
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData meta = result.getMetaData();
      StringJoiner head = new StringJoiner(" | ", "  ", "");
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        head.add(meta.getColumnName(i));
      }
      out.println(head);
      while (result.next()) {
        StringJoiner row = new StringJoiner(" | ", "  ", "");
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        out.println(row);
      }
    }
  }

  private Table table(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("a table is named project.table, not " + name);
    }
    UUID any = new UUID(0, 0);
    return tables
        .load(new TableRef(any, name.substring(0, dot), any, name.substring(dot + 1)))
        .orElseThrow(() -> new IllegalStateException("there is no table " + name));
  }

  @Override
  public void close() {
    s3.close();
    tables.close();
    folders.close();
  }
}

package io.penstock.standalone;

import io.penstock.control.config.Settings;
import io.penstock.control.job.TableRef;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.StorageAccess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What is in the tables of a running Penstock, and in buckets of its S3 server. */
final class TableRows implements AutoCloseable {
  private final PenstockProcess penstock;
  private final S3Client s3;

  TableRows(PenstockProcess penstock) {
    this.penstock = penstock;
    this.s3 =
        S3Client.builder()
            .endpointOverride(URI.create(penstock.setting(Settings.STORAGE_ENDPOINT)))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        penstock.setting(Settings.STORAGE_ACCESS_KEY_ID),
                        penstock.setting(Settings.STORAGE_SECRET_ACCESS_KEY))))
            .build();
  }

  void makeBucket(String bucket) {
    s3.createBucket(r -> r.bucket(bucket));
  }

  void put(String bucket, String key, byte[] bytes) {
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
  }

  /**
   * All values as text, null for null.
   *
   * @param order a column, or {@code file_row_number}
   */
  List<Map<String, String>> of(String table, String order) throws Exception {
    Path copies = Files.createTempDirectory("penstock-rows");
    try {
      return copy(table, copies) == 0 ? List.of() : read(copies, order);
    } finally {
      try (var files = Files.list(copies)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(copies);
    }
  }

  private int copy(String table, Path to) throws Exception {
    int dot = table.indexOf('.');
    UUID any = new UUID(0, 0);
    TableRef ref = new TableRef(any, table.substring(0, dot), any, table.substring(dot + 1));
    int files = 0;
    try (IcebergTables tables = tables();
        CloseableIterable<FileScanTask> tasks =
            tables.load(ref).orElseThrow().newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        URI url = URI.create(task.file().location());
        Files.write(
            to.resolve(files++ + ".parquet"),
            s3.getObjectAsBytes(r -> r.bucket(url.getHost()).key(url.getPath().substring(1)))
                .asByteArray());
      }
    }
    return files;
  }

  private static List<Map<String, String>> read(Path folder, String order) throws Exception {
    List<Map<String, String>> all = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT CAST(COLUMNS(* EXCLUDE (file_row_number)) AS VARCHAR) FROM read_parquet('%s/*.parquet', union_by_name = true, file_row_number = true) ORDER BY \"%s\""
                  .formatted(folder, order))) {
        while (rows.next()) {
          Map<String, String> row = new LinkedHashMap<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.put(rows.getMetaData().getColumnName(i), rows.getString(i));
          }
          all.add(row);
        }
      }
    }
    return all;
  }

  private IcebergTables tables() {
    return IcebergTables.toRead(
        penstock.setting(Settings.DATABASE_URL),
        penstock.setting(Settings.DATABASE_USER),
        penstock.setting(Settings.DATABASE_PASSWORD),
        new StorageAccess(
            Optional.of(URI.create(penstock.setting(Settings.STORAGE_ENDPOINT))),
            "us-east-1",
            true,
            penstock.setting(Settings.STORAGE_BUCKET),
            "",
            penstock.setting(Settings.STORAGE_ACCESS_KEY_ID),
            penstock.setting(Settings.STORAGE_SECRET_ACCESS_KEY)));
  }

  @Override
  public void close() {
    s3.close();
  }
}

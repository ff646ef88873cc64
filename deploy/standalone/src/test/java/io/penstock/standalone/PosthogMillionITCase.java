package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million rows from a table to S3 over HTTP; DuckDB reads what came out. */
final class PosthogMillionITCase {
  private static final int LOADED = 1_200_000;
  private static final int OF_INTERVAL = 1_000_000;
  private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2023-01-01T01:00:00Z");

  @TempDir Path folder;
  private PenstockProcess penstock;
  private PosthogProject project;
  private Connection duckDb;

  @BeforeEach
  void start() throws Exception {
    penstock =
        PenstockProcess.start(folder.resolve("million"), "penstock.export.settle-delay=PT0S");
    project = PosthogProject.make(penstock);
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          """
          CREATE TABLE events AS SELECT 1672531200000 + i * 3600 // 1000 AS ts, i AS id,
              CASE WHEN i % 50 > 0 THEN 'event, "' || (i % 40) || '"' END AS event,
              {'n': i, 'id': md5(i::VARCHAR)} AS properties
            FROM range(1200000) r(i)""");
    }
    project.newTable(
        "events",
        """
        {'name': 'ts', 'datatype': {'type': 'epoch', 'primary': true, 'format': 'ms', 'resolution': 'ms'}},
        {'name': 'id', 'datatype': {'type': 'int64'}},
        {'name': 'event', 'datatype': {'type': 'string'}},
        {'name': 'properties', 'datatype': {'type': 'json'}}""");
    project.load("events", "all", lines("id % 2 = 0"), lines("id % 2 = 1"));
  }

  private byte[] lines(String condition) throws Exception {
    return PosthogProject.lines(duckDb, "FROM events WHERE " + condition);
  }

  @AfterEach
  void stop() throws Exception {
    duckDb.close();
    project.close();
    penstock.kill();
  }

  @Test
  void anIndependentReaderGetsExactlyTheRowsOfTheInterval() throws Exception {
    String wanted =
        "SELECT ts, id, event, properties::JSON::VARCHAR FROM events WHERE ts >= %d AND ts < %d"
            .formatted(START.toEpochMilli(), END.toEpochMilli());
    assertThat(ExportedObjects.count(duckDb, "FROM events")).isEqualTo(LOADED);
    Map<String, String> formats =
        Map.of(
            "lines", ", 'file_format': 'JSONLines', 'compression': 'gzip'",
            "parquet", ", 'file_format': 'Parquet', 'compression': 'zstd'");
    for (Map.Entry<String, String> format : formats.entrySet()) {
      String prefix = "out/" + format.getKey();
      String export = project.export("events", project.inline(prefix, format.getValue()), "");

      JsonNode run = project.run(export, START, END);

      assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("Completed");
      Map<String, Long> objects = project.objects("landing", prefix + "/");
      assertThat(objects).hasSize(1);
      String key = objects.keySet().iterator().next();
      String exported =
          ExportedObjects.read(
              project.object("landing", key), key, "ts, id, event, properties", folder);
      assertThat(ExportedObjects.differences(duckDb, wanted, exported)).as(key).isZero();
      assertThat(run.path("records_completed").asLong()).isEqualTo(OF_INTERVAL);
      assertThat(run.path("records_total_count").asLong()).isEqualTo(OF_INTERVAL);
      assertThat(run.path("bytes_exported").asLong()).isEqualTo(objects.get(key));
    }
  }
}

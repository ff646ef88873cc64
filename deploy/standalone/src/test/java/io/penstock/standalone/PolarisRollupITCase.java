package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published example of a rollup, over HTTP, compared with DuckDB's GROUP BY. */
final class PolarisRollupITCase {
  private static final int FILES = 20;
  private static final int ROWS_EACH = 50_000;

  @TempDir static Path folder;
  private static PenstockProcess penstock;
  private static PolarisProject project;

  @BeforeAll
  static void start() throws Exception {
    penstock = PenstockProcess.start(folder.resolve("data"));
    project = PolarisProject.make(penstock, folder.resolve("data"), "p_rollup");
  }

  @AfterAll
  static void stop() {
    penstock.kill();
  }

  private static void upload() throws Exception {
    Random random = new Random(5);
    Path plain = Files.createDirectory(folder.resolve("plain"));
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < ROWS_EACH; i++) {
        int hour = random.nextInt(3 * 24);
        text.append("{\"timestamp\":\"2024-06-0")
            .append(1 + hour / 24)
            .append('T')
            .append(String.format(Locale.ROOT, "%02d", hour % 24))
            .append(":00:00Z\",\"city\":\"c")
            .append(random.nextInt(50))
            .append("\",\"session\":\"S")
            .append(random.nextInt(200))
            .append("\",\"session_length\":")
            .append(random.nextInt(100_000))
            .append("}\n");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      Files.write(plain.resolve(file + ".json"), bytes);
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(bytes);
      }
      penstock.put("sessions/%02d.json.gz".formatted(file), packed.toByteArray());
    }
  }

  @Test
  void theExampleGivesWhatGroupByGives() throws Exception {
    upload();
    String job =
        project.submit(
            """
            {'type': 'batch', 'target': {'type': 'table', 'tableName': 'sessions'},
             'createTableIfNotExists': true, 'maxParseExceptions': 0,
             'source': {'type': 's3', 'connectionName': 'raw', 'prefixes': ['sessions/'],
               'formatSettings': {'format': 'nd-json'},
               'inputSchema': [{'name': 'timestamp', 'dataType': 'string'},
                 {'name': 'city', 'dataType': 'string'}, {'name': 'session', 'dataType': 'string'},
                 {'name': 'session_length', 'dataType': 'long'}]},
             'mappings': [{'columnName': '__time', 'expression': 'TIME_PARSE(\\"timestamp\\")'},
               {'columnName': 'city', 'expression': '\\"city\\"'},
               {'columnName': 'session', 'expression': '\\"session\\"'},
               {'columnName': 'max_session_length', 'expression': 'MAX(\\"session_length\\")',
                'isAggregation': true},
               {'columnName': '__count', 'expression': 'COUNT(*)', 'isAggregation': true}]}""");

    JsonNode done = project.awaited(job, "completed");

    String loaded =
        "SELECT __time, city, session, max_session_length, __count FROM " + project.files(job);
    String expected =
        "SELECT \"timestamp\"::TIMESTAMPTZ, city, session, max(session_length)::BIGINT,"
            + " count(*)::BIGINT FROM read_json('"
            + folder.resolve("plain")
            + "/*.json', format = 'newline_delimited') GROUP BY ALL";
    assertThat(PolarisProject.sql("(" + loaded + ") EXCEPT ALL (" + expected + ")")).isEmpty();
    assertThat(PolarisProject.sql("(" + expected + ") EXCEPT ALL (" + loaded + ")")).isEmpty();
    JsonNode totals = project.metrics(job);
    assertThat(totals.path("numRowsProcessed").asInt()).isEqualTo(FILES * ROWS_EACH);
    assertThat(totals.path("numRowsPersisted").asText())
        .isEqualTo(PolarisProject.sql("SELECT count(*) FROM (" + expected + ")").get(0));
    assertThat(done.at("/health/status").asText()).isEqualTo("ok");
    JsonNode table = project.ask("GET", "/tables/sessions", "");
    assertThat(table.path("type").asText()).isEqualTo("aggregate");
    assertThat(table.path("totalRows")).isEqualTo(totals.path("numRowsPersisted"));
    assertThat(leftToMerge(job)).isEmpty();
  }

  private static List<Path> leftToMerge(String job) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains(job + "/runs/"))
          .toList();
    }
  }

  @Test
  void rowsOfOneHourBecomeOneAndOnlyWhatIsCountedCounts() throws Exception {
    penstock.put(
        "rides/a.json",
        """
        {"at": "2024-06-01T10:59:59.999Z", "city": "Oslo", "km": 1.5}
        {"at": "2024-06-01T10:00:00Z", "city": "Oslo", "km": -4}
        {"at": "2024-06-01T10:30:00Z", "city": null, "km": 2}
        {"at": "2024-06-01T11:00:00Z", "city": "Oslo", "km": "far"}
        {"at": "1969-12-31T23:59:59Z", "city": "", "km": 3}
        """
            .getBytes(StandardCharsets.UTF_8));
    project.ask(
        "POST",
        "/tables",
        """
        {'type': 'aggregate', 'name': 'rides_hourly', 'timeResolution': 'hour',
         'clusteringColumns': ['city'],
         'schema': [{'type': 'dimension', 'name': 'city', 'dataType': 'string'},
           {'type': 'measure', 'name': 'km', 'dataType': 'double'},
           {'type': 'measure', 'name': '__count', 'dataType': 'long'}]}""");
    String job =
        project.submit(
            """
            {'type': 'batch', 'target': {'type': 'table', 'tableName': 'rides_hourly'},
             'source': {'type': 's3', 'connectionName': 'raw', 'prefixes': ['rides/'],
               'formatSettings': {'format': 'nd-json'},
               'inputSchema': [{'name': 'at', 'dataType': 'string'},
                 {'name': 'city', 'dataType': 'string'}, {'name': 'km', 'dataType': 'double'}]},
             'mappings': [{'columnName': '__time', 'expression': 'TIME_PARSE(at)'},
               {'columnName': 'city', 'expression': 'city'},
               {'columnName': 'km', 'expression': 'SUM(km)'},
               {'columnName': '__count', 'expression': 'COUNT(*) FILTER (WHERE km > 0)'}]}""");

    project.awaited(job, "completed");

    assertThat(
            PolarisProject.sql(
                "SELECT concat_ws('|', epoch(__time)::BIGINT, coalesce(city, '~'),"
                    + " coalesce(km::VARCHAR, '~'), __count) FROM "
                    + project.files(job)
                    + " ORDER BY __time, city NULLS FIRST"))
        .containsExactly(
            "-3600||3.0|1", "1717236000|~|2.0|1", "1717236000|Oslo|-2.5|1", "1717239600|Oslo|~|0");
    assertThat(project.metrics(job).path("numRowsProcessedWithWarning").asInt()).isEqualTo(1);
  }
}

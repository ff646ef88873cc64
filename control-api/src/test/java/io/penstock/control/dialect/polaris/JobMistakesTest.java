package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.http.ServedApi.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a create that is wrong, and of one that only looks so. */
final class JobMistakesTest {
  @TempDir static Path folder;
  private static PolarisApi api;

  @BeforeAll
  static void serve() {
    api = PolarisApi.start(folder);
    api.connection("acme-raw", "acme-raw", "rides/");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/type | 'bacth' | type | BadArgument | Did you mean \"batch\"?",
        "/type | null | type | BadArgument | type is required",
        "/type | 'streaming' | type | UnsupportedFeature | Use batch",
        "/type | 'sql' | type | UnsupportedFeature | Use batch",
        "/type | 'drop_table' | type | UnsupportedFeature | DELETE /tables",
        "/type | 'delete_data' | type | UnsupportedFeature | replace job",
        "/partitionBy | 'day' | partitionBy | BadArgument | Did you mean \"partitionedBy\"?",
        "/partitionedBy | 'dya' | partitionedBy | BadArgument | Did you mean \"day\"?",
        "/partitionedBy | 'week' | partitionedBy | BadArgument | must be one of",
        "/partitionedBy | 'second' | partitionedBy | UnsupportedFeature | Use minute",
        "/clusteringColumns | ['cty'] | clusteringColumns[0] | BadArgument | no column",
        "/clusteringColumns | ['city', 'city'] | clusteringColumns | BadArgument | twice",
        "/filterExpression | 'km' | filterExpression | BadArgument | must be BOOLEAN",
        "/maxParseExceptions | -2 | maxParseExceptions | BadArgument | from -1",
        "/maxParseExceptions | '5' | maxParseExceptions | BadArgument | whole number",
        "/createTableIfNotExists | 'yes' | createTableIfNotExists | BadArgument | true or false",
        "/ingestionMode | 'overwrite' | ingestionMode | BadArgument | append, replace",
        "/ingestionMode | 'replace' | replaceAll | BadArgument | either replaceAll",
        "/replaceAll | true | replaceAll | BadArgument | needs the ingestionMode",
        "/target/intervals | ['2024-06-01/P1D'] | target.intervals | BadArgument | need the",
        "/target/tableName | 'a/b' | target.tableName | BadArgument | no /",
        "/target/type | 'view' | target.type | BadArgument | must be table",
        "/source/type | 'azure' | source.type | UnsupportedFeature | Use s3",
        "/source/type | 's4' | source.type | BadArgument | Did you mean \"s3\"?",
        "/source/connectionName | 'acme-row' | source.connectionName | BadArgument | \"acme-raw\"?",
        "/source/pattern | 'rides/*' | source.pattern | BadArgument | Exactly one",
        "/source/prefixes | [] | source.prefixes | BadArgument | at least one",
        "/source/prefixes | ['trips/'] | source.prefixes[0] | BadArgument | rides/",
        "/source/formatSettings | {'format': 'orc'} | source.formatSettings.format |"
            + " UnsupportedFeature | Use nd-json",
        "/source/formatSettings | {'format': 'parquet', 'flattenSpec': {}} |"
            + " source.formatSettings.flattenSpec | UnsupportedFeature | type json",
        "/source/formatSettings | {'format': 'parquet', 'binaryAsString': 1} |"
            + " source.formatSettings.binaryAsString | BadArgument | true or false",
        "/source/formatSettings | {'format': 'avro_ocf', 'schema': {'type': 'long'}} |"
            + " source.formatSettings.schema | BadArgument | record",
        "/source/formatSettings | {'format': 'regex', 'pattern': '(a)'} |"
            + " source.formatSettings.columns | BadArgument | required",
        "/source/formatSettings | {'format': 'regex', 'columns': ['a']} |"
            + " source.formatSettings.pattern | BadArgument | required",
        "/source/formatSettings | {'format': 'regex', 'columns': ['a'], 'pattern': 'a'} |"
            + " source.formatSettings.pattern | BadArgument | a group",
        "/source/formatSettings | {'format': 'regex', 'columns': ['a'], 'pattern': '(a)(b)'} |"
            + " source.formatSettings.columns | BadArgument | the 2 groups",
        "/source/formatSettings | {'format': 'regex', 'columns': ['a'], 'pattern': '(a'} |"
            + " source.formatSettings.pattern | BadArgument | no regular expression",
        "/source/formatSettings | {'format': 'cvs'} | source.formatSettings.format | BadArgument |"
            + " \"csv\"?",
        "/source/formatSettings | {'format': 'nd-json', 'delimiter': ','} |"
            + " source.formatSettings.delimiter | BadArgument | Unknown field",
        "/source/formatSettings | null | source.formatSettings | BadArgument | required",
        "/source/inputSchema/0 | {'name': 'at', 'dataType': 'strin'} |"
            + " source.inputSchema[0].dataType | BadArgument | \"string\"?",
        "/source/inputSchema/4 | {'name': 'f', 'dataType': 'geo'} |"
            + " source.inputSchema[4].dataType | UnsupportedFeature | Use string",
        "/source/inputSchema/1 | {'name': 'at', 'dataType': 'long'} | source.inputSchema[1].name |"
            + " BadArgument | declared twice",
        "/mappings | [] | mappings | BadArgument | __time",
        "/mappings/1/expression | 'cty' | mappings[1].expression | BadArgument | \"city\"?",
        "/mappings/1/expression | 'NO_SUCH(city)' | mappings[1].expression | BadArgument | NO_SUCH",
        "/mappings/1/columnName | '__x' | mappings[1].columnName | BadArgument | reserved",
        "/mappings/1/columnName | 'distance' | mappings[2].columnName | BadArgument | twice",
        "/mappings/1/isAggregation | true | mappings[1].isAggregation | BadArgument | outermost",
        "/mappings/2 | {'columnName': 'x', 'expression': 'SUM(city)'} | mappings[2].expression |"
            + " BadArgument | takes a number",
        "/mappings/2 | {'columnName': 'x', 'expression': 'SUM(km) + 1'} | mappings[2].expression |"
            + " BadArgument | must be the outermost",
        "/mappings/2 | {'columnName': 'x', 'expression': 'AVG(km)'} | mappings[2].expression |"
            + " BadArgument | SUM and COUNT",
        "/mappings/2 | {'columnName': 'x', 'expression': 'LATEST_BY(km, ts)'} |"
            + " mappings[2].expression | UnsupportedFeature | not supported",
        "/mappings/2 | {'columnName': 'x', 'expression': 'COUNT(DISTINCT km)'} |"
            + " mappings[2].expression | UnsupportedFeature | not supported",
        "/mappings/2 | {'columnName': 'x', 'expression': 'MV_LENGTH(city)'} |"
            + " mappings[2].expression | UnsupportedFeature | MV_LENGTH",
        "/mappings/0/expression | 'MAX(ts)' | mappings[0].expression | BadArgument | combined by",
        "/mappings/0/expression | 'ms' | mappings[0].expression | BadArgument |"
            + " MILLIS_TO_TIMESTAMP(ms)",
        "/mappings/0/expression | '\\'at\\'' | mappings[0].expression | BadArgument | TIME_PARSE(\"at\")",
        "/mappings/0/expression | 'TIME_PARSE(ms)' | mappings[0].expression | BadArgument |"
            + " TIME_PARSE",
        "/context | {'sqlTimeZone': 'Nowhere/City'} | context.sqlTimeZone | BadArgument | Unknown zone",
        "/context | {'rowsPerSegment': 0} | context.rowsPerSegment | BadArgument | from 1",
        "/context | {'penstock.nullTimestamp': 'drop'} | context.penstock.nullTimestamp |"
            + " BadArgument | fail, skip",
      })
  void whatIsWrongIsNamed(String pointer, String value, String target, String code, String part) {
    Reply reply = api.send("POST", "/jobs", SoundJob.changed(pointer, value));

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(400);
    assertThat(reply.body().path("details").size()).as(reply.body().toString()).isZero();
    assertThat(reply.body().path("target").asText()).isEqualTo(target);
    assertThat(reply.body().path("code").asText()).isEqualTo(code);
    assertThat(reply.body().path("message").asText()).contains(part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/context | {'waitUntilSegmentsLoad': true, 'anything': [1]}",
        "/maxParseExceptions | -1",
        "/filterExpression | null",
        "/desiredExecutionStatus | 'running'",
        "/target/intervals | []",
        "/mappings/0/expression | 'ts'",
        "/mappings/0/expression | ' MILLIS_TO_TIMESTAMP ( \"ms\" ) '",
        "/source/formatSettings | {'format': 'nd-json', 'flattenSpec': null}",
        "/partitionedBy | 'all'",
        "/partitionedBy | 'quarter'",
      })
  void whatIsHarmlessIsTaken(String pointer, String value) {
    Reply reply = api.send("POST", "/jobs", SoundJob.changed(pointer, value.replace("\"", "\\'")));

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    ObjectNode body = SoundJob.body();
    body.put("partitionedBy", "dya").put("tarjet", 1).remove("mappings");
    ((ObjectNode) body.path("source")).put("connectionName", "nobody");

    Reply reply = api.send("POST", "/jobs", body.toString());

    assertThat(reply.body().path("details"))
        .extracting(detail -> detail.path("target").asText())
        .containsExactly("tarjet", "partitionedBy", "source.connectionName", "mappings");
  }

  @Test
  void aTableThatIsNotThereAndNotToBeMadeIsNamed() {
    ObjectNode body = SoundJob.body();
    body.put("createTableIfNotExists", false);
    ((ObjectNode) body.path("target")).put("tableName", "nowhere");

    Reply reply = api.send("POST", "/jobs", body.toString());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("message").asText()).contains("\"nowhere\"");
  }

  @ParameterizedTest
  @CsvSource({
    "day, 2024-06-01/2024-06-09, ''",
    "day, 2024-06-01T00:00Z/2024-06-01T08:00Z, does not align with day partitioning",
    "hour, 2024-06-01T00/2024-06-01T08, ''",
    "hour, 2024-06-01T00:30/PT1H, does not align with hour partitioning",
    "eight_hour, 2024-06-01/PT8H, ''",
    "month, 2024-06-01/P1M, ''",
    "month, 2024-06-02/P1M, does not align with month partitioning",
    "quarter, 2024-04-01/2024-07-01, ''",
    "quarter, 2024-05-01/2024-07-01, does not align with quarter partitioning",
    "year, 2024-01-01/P1Y, ''",
    "year, 2024-02-01/P1Y, does not align with year partitioning",
    "day, 2024-06-01T02:00+02:00/P1D, ''",
    "all, 2024-06-01/P1D, Use replaceAll",
    "day, 2024-06-03/2024-06-01, is no interval",
    "day, 2024-06-01/2024-06-01, is no interval",
    "day, 2024-06-01, is no interval",
    "day, 2024-06-31/P1D, is no interval",
    "day, P1D/P1D, is no interval",
    "day, tomorrow/P1D, is no interval",
  })
  void intervalsAreWholeBuckets(String partitioning, String interval, String wrong) {
    ObjectNode body = SoundJob.body();
    body.put("ingestionMode", "replace").put("partitionedBy", partitioning);
    ((ObjectNode) body.path("target")).putArray("intervals").add(interval);

    Reply reply = api.send("POST", "/jobs", body.toString());

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(wrong.isEmpty() ? 201 : 400);
    if (!wrong.isEmpty()) {
      assertThat(reply.body().path("target").asText()).isEqualTo("target.intervals[0]");
      assertThat(reply.body().path("message").asText()).contains(wrong);
    }
  }
}

package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.ServedApi.Reply;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.PublishMode;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Computation;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TimeSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a create makes of its body, and what it says of a wrong one. */
final class JobCreationTest {
  private static final String SOUND =
      """
      {'type': 'batch', 'target': {'type': 'table', 'tableName': 'rides'},
       'createTableIfNotExists': true, 'partitionedBy': 'hour', 'maxParseExceptions': 50,
       'source': {'type': 's3', 'connectionName': 'acme-raw', 'prefixes': ['rides/2024-06/'],
         'formatSettings': {'format': 'nd-json'},
         'inputSchema': [{'name': 'at', 'dataType': 'string'}, {'name': 'ms', 'dataType': 'long'},
           {'name': 'city', 'dataType': 'varchar'}, {'name': 'km', 'dataType': 'double'},
           {'name': 'f', 'dataType': 'float'}, {'name': 'ts', 'dataType': 'timestamp'},
           {'name': 'extra', 'dataType': 'json'}]},
       'mappings': [{'columnName': '__time', 'expression': 'TIME_PARSE(\\'at\\')'},
         {'columnName': 'city', 'expression': '\\'city\\''},
         {'columnName': 'distance', 'expression': 'km'},
         {'columnName': 'extra', 'expression': '\\'extra\\''}]}""";

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

  private static ObjectNode sound() {
    return (ObjectNode) PolarisApi.parsed(SOUND);
  }

  /** The sound body with something put in the place of what a pointer leads to. */
  private static String changed(String pointer, String value) {
    ObjectNode body = sound();
    int last = pointer.lastIndexOf('/');
    JsonNode parent = body.at(pointer.substring(0, last));
    JsonNode json = PolarisApi.parsed(value);
    String name = pointer.substring(last + 1);
    if (parent instanceof ObjectNode object) {
      object.set(name, json);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(name), json);
    }
    return body.toString();
  }

  private static Job created(String body) {
    JsonNode made = api.made("/jobs", body);
    return api.served
        .jobs()
        .find(api.organization(), UUID.fromString(made.path("id").asText()))
        .orElseThrow();
  }

  @Test
  void aJobIsShownWithItsSpecAsSentAndDefaultsFilledIn() {
    Reply reply = api.send("POST", "/jobs", sound().toString());
    JsonNode made = reply.body();

    assertThat(reply.status()).isEqualTo(201);
    String id = made.path("id").asText();
    assertThat(reply.headers().firstValue("Location"))
        .contains("/v1/projects/" + api.project + "/jobs/" + id);
    assertThat(api.get("/jobs/" + id)).isEqualTo(made);
    assertThat(made.path("spec")).isEqualTo(sound());
    assertThat(made.path("source")).isEqualTo(sound().path("source"));
    assertThat(made.path("executionStatus").asText()).isEqualTo("pending");
    assertThat(made.path("desiredExecutionStatus").asText()).isEqualTo("running");
    assertThat(made.path("health")).isEqualTo(PolarisApi.parsed("{'status': 'ok'}"));
    assertThat(made.path("ingestionMode").asText()).isEqualTo("append");
    assertThat(made.path("maxParseExceptions").asInt()).isEqualTo(50);
    assertThat(made.has("startedTimestamp")).isFalse();
    assertThat(made.path("query").asText())
        .isEqualTo(
            "INSERT INTO \"rides\" SELECT TIME_PARSE(\"at\") AS \"__time\", \"city\" AS \"city\","
                + " km AS \"distance\", \"extra\" AS \"extra\" PARTITIONED BY HOUR");
  }

  @Test
  void theDefinitionIsWhatTheBodySays() {
    JobDefinition definition = created(sound().toString()).definition();

    assertThat(definition.table().tableName()).isEqualTo("rides");
    assertThat(definition.publish()).isEqualTo(PublishMode.JOB);
    assertThat(definition.failurePolicy()).isEqualTo(FailurePolicy.FAIL_JOB);
    assertThat(definition.limits().maxSpan()).isEqualTo(Duration.ofHours(1));
    assertThat(definition.limits().maxRows()).isEqualTo(3_000_000);
    assertThat(definition.effectiveRules().maxRejects()).hasValue(50);
    assertThat(definition.effectiveRules().needsTime()).isTrue();
    assertThat(definition.effectiveRules().replaces()).isEmpty();
    assertThat(definition.source().bucket()).isEqualTo("acme-raw");
    assertThat(definition.source().selection())
        .isEqualTo(new ObjectSelection.Prefix("rides/2024-06/"));
    assertThat(definition.transform().columns())
        .extracting(ColumnSpec::name, ColumnSpec::type)
        .containsExactly(
            tuple("__time", ColumnType.TIMESTAMP),
            tuple("city", ColumnType.STRING),
            tuple("distance", ColumnType.DOUBLE),
            tuple("extra", ColumnType.JSON));
  }

  @Test
  void theTableIsMadeOnceAndIsOneOfTheProject() {
    Job first = created(changed("/target/tableName", "'made once'"));
    Job second = created(changed("/target/tableName", "'made once'"));

    assertThat(second.definition().table()).isEqualTo(first.definition().table());
    assertThat(
            api.served
                .catalog()
                .named(api.organization(), Kind.TABLE, UUID.fromString(api.project), "made once"))
        .isPresent();
  }

  @Test
  void aReplacementOfEverythingIsOne() {
    ObjectNode body = sound();
    body.put("ingestionMode", "replace").put("replaceAll", true);
    body.putObject("context").put("penstock.allowEmptyReplace", true).put("maxNumTasks", 3);

    JobDefinition definition = created(body.toString()).definition();

    assertThat(definition.effectiveRules().replaces().orElseThrow().intervals()).isEmpty();
    assertThat(definition.effectiveRules().replaces().orElseThrow().withoutInput()).isTrue();
    assertThat(definition.effectiveRules().maxSlots()).hasValue(3);
  }

  @Test
  void intervalsAreMergedAndRowsOutsideAreFiltered() {
    ObjectNode body = sound();
    body.put("ingestionMode", "replace");
    ((ObjectNode) body.path("target"))
        .set(
            "intervals",
            PolarisApi.parsed(
                "['2024-06-02/P1D', '2024-06-01T00:00Z/2024-06-02T00:00:00.000+00:00',"
                    + " 'PT1H/2024-06-05']"));
    TimeSpan days =
        new TimeSpan(Instant.parse("2024-06-01T00:00:00Z"), Instant.parse("2024-06-03T00:00:00Z"));
    TimeSpan hour =
        new TimeSpan(Instant.parse("2024-06-04T23:00:00Z"), Instant.parse("2024-06-05T00:00:00Z"));

    JsonNode made = api.made("/jobs", body.toString());
    JobDefinition definition =
        api.served
            .jobs()
            .find(api.organization(), UUID.fromString(made.path("id").asText()))
            .orElseThrow()
            .definition();

    assertThat(definition.effectiveRules().replaces().orElseThrow().intervals())
        .containsExactly(days, hour);
    assertThat(definition.transform().effectiveRowRules().spans()).containsExactly(days, hour);
    assertThat(made.at("/target/intervals")).hasSize(3);
    assertThat(made.path("query").asText()).contains("OVERWRITE WHERE TIME_IN_INTERVAL");
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
    ObjectNode body = sound();
    body.put("ingestionMode", "replace").put("partitionedBy", partitioning);
    ((ObjectNode) body.path("target")).putArray("intervals").add(interval);

    Reply reply = api.send("POST", "/jobs", body.toString());

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(wrong.isEmpty() ? 201 : 400);
    if (!wrong.isEmpty()) {
      assertThat(reply.body().path("target").asText()).isEqualTo("target.intervals[0]");
      assertThat(reply.body().path("message").asText()).contains(wrong);
    }
  }

  @Test
  void csvWithColumnsIsReadByPosition() {
    ObjectNode body = sound();
    ((ObjectNode) body.path("source"))
        .set(
            "formatSettings",
            PolarisApi.parsed(
                "{'format': 'csv', 'columns': ['ms', 'city', 'km'], 'skipHeaderRows': 1}"));
    body.set(
        "mappings",
        PolarisApi.parsed(
            "[{'columnName': '__time', 'expression': 'millis_to_timestamp(ms)'},"
                + " {'columnName': 'city', 'expression': 'city'}]"));

    JobDefinition definition = created(body.toString()).definition();

    assertThat(definition.transform().format())
        .isEqualTo(
            new RecordFormat.Csv(
                ',', Optional.of('"'), Optional.of('"'), Optional.empty(), 1, false));
    List<ColumnSpec> read = read(definition);
    assertThat(read)
        .extracting(ColumnSpec::source)
        .containsExactly(new ColumnSource.Position(0), new ColumnSource.Position(1));
    assertThat(read.get(1).nullValues()).containsExactly("");
  }

  /** The columns that are decoded, whether or not they are what is written. */
  private static List<ColumnSpec> read(JobDefinition definition) {
    return definition
        .transform()
        .computation()
        .map(c -> c.inputs().stream().map(Computation.Input::column).toList())
        .orElse(definition.transform().columns());
  }

  @Test
  void theFormatIsToldByTheNamesOfTheFiles() {
    ObjectNode body = sound();
    ObjectNode source = (ObjectNode) body.path("source");
    source.remove(List.of("formatSettings", "prefixes"));
    source.set("objects", PolarisApi.parsed("['rides/b.tsv.gz', 'rides/a.tsv', 'rides/a.tsv']"));
    body.set(
        "mappings",
        PolarisApi.parsed("[{'columnName': '__time', 'expression': 'TIME_PARSE(\\'at\\')'}]"));

    JobDefinition definition = created(body.toString()).definition();

    assertThat(definition.transform().format())
        .isEqualTo(
            new RecordFormat.Csv(
                '\t', Optional.empty(), Optional.empty(), Optional.empty(), 0, true));
    assertThat(definition.source().selection())
        .isEqualTo(new ObjectSelection.Objects(List.of("rides/a.tsv", "rides/b.tsv.gz")));
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
        "/clusteringColumns | ['city'] | clusteringColumns | UnsupportedFeature | Leave it out",
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
        "/source/formatSettings | {'format': 'parquet'} | source.formatSettings.format |"
            + " UnsupportedFeature | Use nd-json",
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
        "/mappings/1/isAggregation | true | mappings[1].isAggregation | UnsupportedFeature | detail",
        "/mappings/0/expression | 'ms' | mappings[0].expression | BadArgument |"
            + " MILLIS_TO_TIMESTAMP(ms)",
        "/mappings/0/expression | '\\'at\\'' | mappings[0].expression | BadArgument | TIME_PARSE(\"at\")",
        "/mappings/0/expression | 'TIME_PARSE(ms)' | mappings[0].expression | BadArgument |"
            + " TIME_PARSE",
        "/context | {'sqlTimeZone': 'Nowhere/City'} | context.sqlTimeZone | BadArgument | Unknown zone",
        "/context | {'rowsPerSegment': 0} | context.rowsPerSegment | BadArgument | from 1",
        "/context | {'penstock.nullTimestamp': 'drop'} | context.penstock.nullTimestamp |"
            + " BadArgument | fail, skip",
        "/context | {'removeNullBytes': true} | context.removeNullBytes | UnsupportedFeature | kept",
      })
  void whatIsWrongIsNamed(String pointer, String value, String target, String code, String part) {
    Reply reply = api.send("POST", "/jobs", changed(pointer, value));

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
    Reply reply = api.send("POST", "/jobs", changed(pointer, value.replace("\"", "\\'")));

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    ObjectNode body = sound();
    body.put("partitionedBy", "dya").put("tarjet", 1).remove("mappings");
    ((ObjectNode) body.path("source")).put("connectionName", "nobody");

    Reply reply = api.send("POST", "/jobs", body.toString());

    assertThat(reply.body().path("details"))
        .extracting(detail -> detail.path("target").asText())
        .containsExactly("tarjet", "partitionedBy", "source.connectionName", "mappings");
  }

  @Test
  void aTableThatIsNotThereAndNotToBeMadeIsNamed() {
    ObjectNode body = sound();
    body.put("createTableIfNotExists", false);
    ((ObjectNode) body.path("target")).put("tableName", "nowhere");

    Reply reply = api.send("POST", "/jobs", body.toString());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("message").asText()).contains("\"nowhere\"");
  }

  @Test
  void theSameKeyAndBodyIsTheSameJobAndAnotherBodyIsRefused() {
    JsonNode first = api.made("/jobs", SOUND, JobCreation.HEADER, "key 1");
    JsonNode again = api.made("/jobs", SOUND, JobCreation.HEADER, "key 1");
    Reply other =
        api.send("POST", "/jobs", changed("/partitionedBy", "'day'"), JobCreation.HEADER, "key 1");

    assertThat(again.path("id")).isEqualTo(first.path("id"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body().path("code").asText()).isEqualTo("StateConflict");
    assertThat(api.made("/jobs", SOUND).path("id")).isNotEqualTo(first.path("id"));
  }

  @Test
  void aWrongBodyDoesNotUseAKeyUp() {
    String key = "key 2";
    String wrong = changed("/partitionedBy", "'dya'");

    assertThat(api.send("POST", "/jobs", wrong, JobCreation.HEADER, key).status()).isEqualTo(400);

    assertThat(api.send("POST", "/jobs", SOUND, JobCreation.HEADER, key).status()).isEqualTo(201);
    assertThat(api.send("POST", "/jobs", SOUND, JobCreation.HEADER, "x".repeat(201)).status())
        .isEqualTo(400);
  }

  @Test
  void makingATableOrNamingAConnectionNeedsItsPermission() {
    String loader =
        "Bearer "
            + api.holder("view_batchjob", "add_batchjob", "cancel_batchjob", "retry_batchjob");

    Reply reply = api.send("POST", "/jobs", SOUND, "Authorization", loader);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body().path("message").asText()).contains("ManageTables");
  }

  @Test
  void aConnectionInUseStaysUntilItsJobsHaveEnded() {
    api.connection("busy", "acme-raw", "rides/");
    Job job = created(changed("/source/connectionName", "'busy'"));

    Reply refused = api.send("DELETE", "/connections/busy", "");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("code").asText()).isEqualTo("StateConflict");
    assertThat(api.get("/jobs?connectionName=busy").path("values"))
        .extracting(json -> json.path("id").asText())
        .containsExactly(job.id().toString());
    assertThat(api.get("/jobs/" + job.id()).at("/source/connectionName").asText())
        .isEqualTo("busy");
  }
}

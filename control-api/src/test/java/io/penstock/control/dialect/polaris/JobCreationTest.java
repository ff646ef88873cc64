package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
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

/** What a create makes of its body, and what it says of a wrong one. */
final class JobCreationTest {

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

  private static Job created(String body) {
    JsonNode made = api.made("/jobs", body);
    return api.served
        .jobs()
        .find(api.organization(), UUID.fromString(made.path("id").asText()))
        .orElseThrow();
  }

  @Test
  void aJobIsShownWithItsSpecAsSentAndDefaultsFilledIn() {
    Reply reply = api.send("POST", "/jobs", SoundJob.body().toString());
    JsonNode made = reply.body();

    assertThat(reply.status()).isEqualTo(201);
    String id = made.path("id").asText();
    assertThat(reply.headers().firstValue("Location"))
        .contains("/v1/projects/" + api.project + "/jobs/" + id);
    assertThat(api.get("/jobs/" + id)).isEqualTo(made);
    assertThat(made.path("spec")).isEqualTo(SoundJob.body());
    assertThat(made.path("source")).isEqualTo(SoundJob.body().path("source"));
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
    JobDefinition definition = created(SoundJob.body().toString()).definition();

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
  void formatsWithTypesAreReadAsWhatTheirFieldsAreDeclaredToBe() {
    JobDefinition parquet =
        created(
                SoundJob.changed(
                    "/source/formatSettings", "{'format': 'parquet', 'binaryAsString': true}"))
            .definition();
    assertThat(parquet.transform().format()).isEqualTo(new RecordFormat.Parquet(true));
    assertThat(parquet.source().inputAggregation()).isEqualTo(256_000_000);
    assertThat(parquet.transform().computation().orElseThrow().inputs())
        .extracting(input -> input.column().name(), input -> input.column().type())
        .containsExactly(
            tuple("at", ColumnType.STRING),
            tuple("city", ColumnType.STRING),
            tuple("km", ColumnType.DOUBLE),
            tuple("extra", ColumnType.JSON));

    JobDefinition avro =
        created(
                SoundJob.changed(
                    "/source/formatSettings",
                    "{'format': 'avro_ocf', 'extractUnionsByType': true,"
                        + " 'schema': {'type': 'record', 'name': 'r', 'fields': []}}"))
            .definition();
    assertThat(avro.transform().format())
        .isEqualTo(
            new RecordFormat.Avro(
                false, true, Optional.of("{\"type\":\"record\",\"name\":\"r\",\"fields\":[]}")));
    assertThat(avro.source().inputAggregation()).isEqualTo(S3Source.INPUT_AGGREGATION);
  }

  @Test
  void arraysAreReadAsJsonAndCellsAreListsByTheirDelimiter() {
    ObjectNode body = SoundJob.body();
    ((ObjectNode) body.path("source"))
        .set("formatSettings", PolarisApi.parsed("{'format': 'csv', 'listDelimiter': '|'}"));
    ((ObjectNode) body.path("source"))
        .set(
            "inputSchema",
            PolarisApi.parsed(
                "[{'name': 'at', 'dataType': 'string'}, {'name': 'tags', 'dataType': 'stringArray'},"
                    + " {'name': 'sizes', 'dataType': 'floatArray'}]"));
    body.set(
        "mappings",
        PolarisApi.parsed(
            "[{'columnName': '__time', 'expression': 'TIME_PARSE(\\'at\\')'},"
                + " {'columnName': 'tags', 'expression': 'tags'},"
                + " {'columnName': 'count', 'expression': 'ARRAY_LENGTH(tags)'},"
                + " {'columnName': 'size', 'expression': 'ARRAY_OFFSET(sizes, 0)'}]"));

    JobDefinition definition = created(body.toString()).definition();

    RecordFormat.Csv csv = (RecordFormat.Csv) definition.transform().format();
    assertThat(csv.listDelimiter()).contains('|');
    assertThat(definition.transform().computation().orElseThrow().inputs())
        .extracting(input -> input.column().type(), Computation.Input::type)
        .containsExactly(
            tuple(ColumnType.STRING, ValueType.VARCHAR),
            tuple(ColumnType.JSON, ValueType.VARCHAR_ARRAY),
            tuple(ColumnType.JSON, ValueType.FLOAT_ARRAY));
    assertThat(definition.transform().columns())
        .extracting(ColumnSpec::type)
        .containsExactly(
            ColumnType.TIMESTAMP, ColumnType.JSON, ColumnType.INT64, ColumnType.DOUBLE);

    ((ObjectNode) body.at("/source/formatSettings")).put("listDelimiter", ",");
    Reply refused = api.send("POST", "/jobs", body.toString());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("target").asText())
        .isEqualTo("source.formatSettings.listDelimiter");
  }

  @Test
  void theTableIsMadeOnceAndIsOneOfTheProject() {
    Job first = created(SoundJob.changed("/target/tableName", "'made once'"));
    Job second = created(SoundJob.changed("/target/tableName", "'made once'"));

    assertThat(second.definition().table()).isEqualTo(first.definition().table());
    assertThat(
            api.served
                .catalog()
                .named(api.organization(), Kind.TABLE, UUID.fromString(api.project), "made once"))
        .isPresent();
  }

  @Test
  void aReplacementOfEverythingIsOne() {
    ObjectNode body = SoundJob.body();
    body.put("ingestionMode", "replace").put("replaceAll", true);
    body.putObject("context").put("penstock.allowEmptyReplace", true).put("maxNumTasks", 3);

    JobDefinition definition = created(body.toString()).definition();

    assertThat(definition.effectiveRules().replaces().orElseThrow().intervals()).isEmpty();
    assertThat(definition.effectiveRules().replaces().orElseThrow().withoutInput()).isTrue();
    assertThat(definition.effectiveRules().maxSlots()).hasValue(3);
  }

  @Test
  void intervalsAreMergedAndRowsOutsideAreFiltered() {
    ObjectNode body = SoundJob.body();
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

  @Test
  void csvWithColumnsIsReadByPosition() {
    ObjectNode body = SoundJob.body();
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
                ',',
                Optional.of('"'),
                Optional.of('"'),
                Optional.empty(),
                1,
                false,
                Optional.of('\u0001')));
    List<ColumnSpec> read = read(definition);
    assertThat(read)
        .extracting(ColumnSpec::source)
        .containsExactly(new ColumnSource.Position(0), new ColumnSource.Position(1));
    assertThat(read.get(1).nullValues()).containsExactly("");
  }

  @Test
  void groupsOfAPatternAreReadByTheirPlaces() {
    ObjectNode body = SoundJob.body();
    ((ObjectNode) body.path("source"))
        .set(
            "formatSettings",
            PolarisApi.parsed(
                "{'format': 'regex', 'pattern': '(.*) (.*)', 'columns': ['city', 'at']}"));
    body.set(
        "mappings",
        PolarisApi.parsed(
            "[{'columnName': '__time', 'expression': 'TIME_PARSE(at)'},"
                + " {'columnName': 'city', 'expression': 'city'}]"));

    JobDefinition definition = created(body.toString()).definition();

    assertThat(definition.transform().format()).isEqualTo(new RecordFormat.Regex("(.*) (.*)"));
    assertThat(read(definition))
        .extracting(ColumnSpec::source)
        .containsExactly(new ColumnSource.Position(1), new ColumnSource.Position(0));
    assertThat(read(definition).get(1).nullValues()).isEmpty();
  }

  @Test
  void nullBytesAreTakenOutOfTextAndLossesCountWhereTheJobSaysSo() {
    ObjectNode body = SoundJob.body();
    body.putObject("context").put("removeNullBytes", true).put("penstock.countTypeErrors", true);

    JobDefinition definition = created(body.toString()).definition();

    Expression city = definition.transform().computation().orElseThrow().mappings().get(1);
    assertThat(((Expression.Call) city).function()).isEqualTo(ScalarFunction.REPLACE);
    assertThat(definition.effectiveRules().countsWarnings()).isTrue();
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
    ObjectNode body = SoundJob.body();
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
                '\t',
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                true,
                Optional.of('\u0001')));
    assertThat(definition.source().selection())
        .isEqualTo(new ObjectSelection.Objects(List.of("rides/a.tsv", "rides/b.tsv.gz")));
  }

  @Test
  void theSameKeyAndBodyIsTheSameJobAndAnotherBodyIsRefused() {
    JsonNode first = api.made("/jobs", SoundJob.TEXT, JobCreation.HEADER, "key 1");
    JsonNode again = api.made("/jobs", SoundJob.TEXT, JobCreation.HEADER, "key 1");
    Reply other =
        api.send(
            "POST",
            "/jobs",
            SoundJob.changed("/partitionedBy", "'day'"),
            JobCreation.HEADER,
            "key 1");

    assertThat(again.path("id")).isEqualTo(first.path("id"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body().path("code").asText()).isEqualTo("StateConflict");
    assertThat(api.made("/jobs", SoundJob.TEXT).path("id")).isNotEqualTo(first.path("id"));
  }

  @Test
  void aWrongBodyDoesNotUseAKeyUp() {
    String key = "key 2";
    String wrong = SoundJob.changed("/partitionedBy", "'dya'");

    assertThat(api.send("POST", "/jobs", wrong, JobCreation.HEADER, key).status()).isEqualTo(400);

    assertThat(api.send("POST", "/jobs", SoundJob.TEXT, JobCreation.HEADER, key).status())
        .isEqualTo(201);
    assertThat(
            api.send("POST", "/jobs", SoundJob.TEXT, JobCreation.HEADER, "x".repeat(201)).status())
        .isEqualTo(400);
  }

  @Test
  void makingATableOrNamingAConnectionNeedsItsPermission() {
    String loader =
        "Bearer "
            + api.holder("view_batchjob", "add_batchjob", "cancel_batchjob", "retry_batchjob");

    Reply reply = api.send("POST", "/jobs", SoundJob.TEXT, "Authorization", loader);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body().path("message").asText()).contains("ManageTables");
  }

  @Test
  void aConnectionInUseStaysUntilItsJobsHaveEnded() {
    api.connection("busy", "acme-raw", "rides/");
    Job job = created(SoundJob.changed("/source/connectionName", "'busy'"));

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

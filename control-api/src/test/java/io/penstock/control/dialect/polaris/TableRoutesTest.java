package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.http.ServedApi.Reply;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TransformSpec;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableRoutesTest {
  @TempDir static Path folder;
  private static PolarisApi api;

  @BeforeAll
  static void serve() {
    api = PolarisApi.start(folder);
    api.connection("acme-raw", "acme-raw", "");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void aTableIsShownWithItsDefaultsAndWhatIsInIt() {
    Reply reply =
        api.send(
            "POST",
            "/tables",
            "{'type': 'detail', 'name': 'my rides', 'schema': [{'name': 'city', 'dataType':"
                + " 'varchar'}]}");
    JsonNode made = reply.body();

    assertThat(reply.status()).as(made.toString()).isEqualTo(201);
    assertThat(reply.headers().firstValue("Location"))
        .contains("/v1/projects/" + api.project + "/tables/my%20rides");
    assertThat(made.path("version").asInt()).isZero();
    assertThat(made.path("schemaMode").asText()).isEqualTo("flexible");
    assertThat(made.path("partitioningGranularity").asText()).isEqualTo("day");
    assertThat(made.path("schema"))
        .isEqualTo(PolarisApi.parsed("[{'name': 'city', 'dataType': 'string'}]"));
    assertThat(made.path("queryableSchema"))
        .isEqualTo(
            PolarisApi.parsed(
                "[{'name': '__time', 'dataType': 'timestamp', 'isDiscovered': false}, {'name':"
                    + " 'city', 'dataType': 'string', 'isDiscovered': false}]"));
    assertThat(made.path("totalRows").asInt()).isZero();
    assertThat(made.path("availability").asText()).isEqualTo("available");
    assertThat(api.get("/tables/my%20rides")).isEqualTo(made);
  }

  @Test
  void aListHasSummariesOfWhatIsAskedFor() {
    api.made("/tables", "{'type': 'detail', 'name': 'hourly', 'partitioningGranularity': 'hour'}");

    JsonNode values = api.get("/tables?partitioningGranularity=hour&segmentCount=0").path("values");

    assertThat(values).hasSize(1);
    assertThat(values.path(0).path("name").asText()).isEqualTo("hourly");
    assertThat(values.path(0).has("schema")).isFalse();
    assertThat(api.get("/tables?segmentCount=5").path("values")).isEmpty();
    assertThat(api.send("GET", "/tables?partitioningGranularity=dya", "").status()).isEqualTo(400);
  }

  @Test
  void aTableIsOneOfHydrolixToo() {
    api.made("/tables", "{'type': 'detail', 'name': 'shared'}");

    assertThat(
            api.served
                .call("GET", api.served.organization() + "/projects/" + api.project + "/tables", "")
                .body()
                .toString())
        .contains("\"name\":\"shared\"");
  }

  @Test
  void aNameIsTakenOnce() {
    api.made("/tables", "{'type': 'detail', 'name': 'twice'}");

    Reply again = api.send("POST", "/tables", "{'type': 'detail', 'name': 'twice'}");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("code").asText()).isEqualTo("AlreadyExists");
  }

  @Test
  void aTableIsDeletedUnlessAJobWritesToIt() {
    api.made("/tables", "{'type': 'detail', 'name': 'busy'}");
    api.made("/tables", "{'type': 'detail', 'name': 'idle'}");
    api.made("/jobs", job("busy", "at"));

    Reply busy = api.send("DELETE", "/tables/busy", "");

    assertThat(busy.status()).isEqualTo(409);
    assertThat(busy.body().path("code").asText()).isEqualTo("StateConflict");
    assertThat(api.send("DELETE", "/tables/idle", "").status()).isEqualTo(204);
    assertThat(api.send("GET", "/tables/idle", "").status()).isEqualTo(404);
    assertThat(api.send("DELETE", "/tables/idle", "").status()).isEqualTo(404);
  }

  private static String job(String table, String column) {
    return """
    {'type': 'batch', 'target': {'type': 'table', 'tableName': '%s'},
     'source': {'type': 's3', 'connectionName': 'acme-raw', 'prefixes': ['x/'],
       'formatSettings': {'format': 'nd-json'},
       'inputSchema': [{'name': 'at', 'dataType': 'timestamp'},
         {'name': 'n', 'dataType': 'long'}]},
     'mappings': [{'columnName': '__time', 'expression': '\\'at\\''},
       {'columnName': '%s', 'expression': 'n'}]}"""
        .formatted(table, column);
  }

  @Test
  void aStrictTableTakesWhatItDeclaresAndNothingElse() {
    api.made(
        "/tables",
        "{'type': 'detail', 'name': 'strict', 'schemaMode': 'strict', 'schema': [{'name': 'n',"
            + " 'dataType': 'long'}, {'name': 'j', 'dataType': 'json'}]}");

    assertThat(api.send("POST", "/jobs", job("strict", "n")).status()).isEqualTo(201);
    Reply undeclared = api.send("POST", "/jobs", job("strict", "m"));
    assertThat(undeclared.body().path("target").asText()).isEqualTo("mappings[1].columnName");
    Reply other = api.send("POST", "/jobs", job("strict", "j"));
    assertThat(other.body().path("message").asText())
        .isEqualTo(
            "Column \"j\" of the table is of type json and cannot take values of type long.");
  }

  @Test
  void wholeNumbersGoIntoColumnsOfDoublesAndTextAsTheyAre() {
    api.made(
        "/tables",
        "{'type': 'detail', 'name': 'wider', 'schema': [{'name': 'd', 'dataType': 'double'},"
            + " {'name': 's', 'dataType': 'string'}]}");

    for (String column : new String[] {"d", "s"}) {
      UUID id = UUID.fromString(api.made("/jobs", job("wider", column)).path("id").asText());
      TransformSpec transform =
          api.served.jobs().find(api.organization(), id).orElseThrow().definition().transform();
      assertThat(transform.columns().get(1).type())
          .isEqualTo(column.equals("d") ? ColumnType.DOUBLE : ColumnType.STRING);
    }
  }

  @Test
  void aTableIsChangedByWhoeverKnowsItsVersion() {
    JsonNode made =
        api.made(
            "/tables",
            "{'type': 'detail', 'name': 'changing', 'schema': [{'name': 'n', 'dataType':"
                + " 'long'}]}");
    ObjectNode wanted = (ObjectNode) made.deepCopy();
    wanted.put("description", "rides of a day").put("schemaMode", "strict");
    wanted.put("partitioningGranularity", "hour");
    wanted.withArray("schema").addObject().put("name", "s").put("dataType", "string");

    Reply reply = api.send("PUT", "/tables/changing", wanted.toString());
    Reply stale = api.send("PUT", "/tables/changing", wanted.toString());

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    assertThat(reply.body().path("version").asInt()).isEqualTo(1);
    assertThat(reply.body().path("schemaMode").asText()).isEqualTo("strict");
    assertThat(reply.body().path("partitioningGranularity").asText()).isEqualTo("hour");
    assertThat(reply.body().path("description").asText()).isEqualTo("rides of a day");
    assertThat(reply.body().path("createdByUser")).isEqualTo(made.path("createdByUser"));
    assertThat(api.get("/tables/changing")).isEqualTo(reply.body());
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.body().path("code").asText()).isEqualTo("StateConflict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'detail', 'name': 'kept'} | version",
        "{'type': 'detail', 'name': 'other', 'version': 0} | name",
        "{'type': 'aggregate', 'name': 'kept', 'version': 0} | type",
        "{'type': 'detail', 'name': 'kept', 'version': 0, 'schema': [{'name': 'a'}]} |"
            + " schema[0].dataType",
      })
  void whatCannotBeChangedIsNamed(String body, String target) {
    // Made by the first of them.
    api.send("POST", "/tables", "{'type': 'detail', 'name': 'kept'}");

    Reply reply = api.send("PUT", "/tables/kept", body);

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(400);
    assertThat(reply.body().path("target").asText()).isEqualTo(target);
    assertThat(api.send("PUT", "/tables/nowhere", body).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'aggregate', 'timeResolution': 'day', 'partitioningGranularity': 'hour'} |"
            + " timeResolution | BadArgument",
        "{'type': 'aggregate', 'timeResolution': 'week', 'partitioningGranularity': 'month'} |"
            + " timeResolution | BadArgument",
        "{'type': 'aggregate', 'timeResolution': 'ten_minute'} | timeResolution | BadArgument",
        "{'type': 'aggregate', 'schema': [{'name': 'a', 'dataType': 'long'}]} | schema[0].type |"
            + " BadArgument",
        "{'type': 'aggregate', 'schema': [{'type': 'measure', 'name': 'a', 'dataType':"
            + " 'string'}]} | schema[0].dataType | BadArgument",
        "{'type': 'aggregate', 'schema': [{'type': 'dimension', 'name': 'a', 'dataType':"
            + " 'json'}]} | schema[0].dataType | BadArgument",
        "{'type': 'aggregate', 'clusteringColumns': ['a'], 'schema': [{'type': 'measure', 'name':"
            + " 'a', 'dataType': 'long'}]} | clusteringColumns[0] | BadArgument",
        "{'type': 'aggregate', 'clusteringColumns': ['a']} | clusteringColumns[0] | BadArgument",
        "{'schemaMode': 'strict', 'clusteringColumns': ['a']} | clusteringColumns[0] | BadArgument",
        "{'type': 'detial'} | type | BadArgument",
        "{'name': '.x'} | name | BadArgument",
        "{'name': 'x '} | name | BadArgument",
        "{'version': 0} | version | BadArgument",
        "{'timeResolution': 'hour'} | timeResolution | BadArgument",
        "{'queryGranularity': 'hour'} | queryGranularity | BadArgument",
        "{'storagePolicy': {}} | storagePolicy | BadArgument",
        "{'partitioningGranularity': 'week'} | partitioningGranularity | BadArgument",
        "{'clusteringColumns': ['a', 'a']} | clusteringColumns | BadArgument",
        "{'schema': [{'type': 'dimension', 'name': 'a', 'dataType': 'long'}]} | schema[0].type |"
            + " BadArgument",
        "{'schema': [{'name': 'a', 'dataType': 'long'}, {'name': 'a', 'dataType': 'long'}]} |"
            + " schema[1].name | BadArgument",
        "{'schema': [{'name': 'a', 'dataType': 'geo'}]} | schema[0].dataType | UnsupportedFeature",
        "{'schema': [{'name': 'a', 'dataType': 'float'}]} | schema[0].dataType |"
            + " UnsupportedFeature",
        "{'schema': [{'name': 'a', 'dataType': 'timestamp'}]} | schema[0].dataType | BadArgument",
        "{'schema': [{'name': '__time', 'dataType': 'long'}]} | schema[0].dataType | BadArgument",
        "{'schema': [{'name': 'a', 'dataType': 'lnog'}]} | schema[0].dataType | BadArgument",
        "{'schema': [{'nam': 'a', 'name': 'a', 'dataType': 'long'}]} | schema[0].nam | BadArgument",
      })
  void whatIsWrongIsNamed(String change, String target, String code) {
    ObjectNode body = (ObjectNode) PolarisApi.parsed("{'type': 'detail', 'name': 'n'}");
    body.setAll((ObjectNode) PolarisApi.parsed(change));

    Reply reply = api.send("POST", "/tables", body.toString());

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(400);
    assertThat(reply.body().path("target").asText()).isEqualTo(target);
    assertThat(reply.body().path("code").asText()).isEqualTo(code);
  }
}

package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.http.ServedApi.Reply;
import io.penstock.control.job.JobDefinition;
import io.penstock.spec.Rollup;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs whose rows become one, and the tables they are for. */
final class AggregateTablesTest {
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

  /**
   * @param mappings beside that of the time
   */
  private static String job(String table, String mappings, String more) {
    return """
    {'type': 'batch', 'target': {'type': 'table', 'tableName': '%s'},
     'source': {'type': 's3', 'connectionName': 'acme-raw', 'prefixes': ['x/'],
       'formatSettings': {'format': 'nd-json'},
       'inputSchema': [{'name': 'ts', 'dataType': 'timestamp'}, {'name': 'n', 'dataType': 'long'},
         {'name': 'x', 'dataType': 'double'}, {'name': 's', 'dataType': 'string'},
         {'name': 'j', 'dataType': 'json'}]},
     'mappings': [{'columnName': '__time', 'expression': 'ts'}%s]%s}"""
        .formatted(table, mappings, more);
  }

  private static String column(String name, String expression, String more) {
    return ", {'columnName': '%s', 'expression': '%s'%s}".formatted(name, expression, more);
  }

  private static JobDefinition made(String body) {
    UUID id = UUID.fromString(api.made("/jobs", body).path("id").asText());
    return api.served.jobs().find(api.organization(), id).orElseThrow().definition();
  }

  private static void hourly(String name) {
    api.made(
        "/tables",
        """
        {'type': 'aggregate', 'name': '%s', 'timeResolution': 'hour', 'clusteringColumns': ['s'],
         'schema': [{'type': 'dimension', 'name': 's', 'dataType': 'string'},
           {'type': 'measure', 'name': 'total', 'dataType': 'double'}]}"""
            .formatted(name));
  }

  @Test
  void aTableThatAJobMakesKnowsItsMeasuresAfterwards() {
    String mappings =
        column("s", "s", "")
            + column("longest", "MAX(n)", ", 'isAggregation': true")
            + column("__count", "COUNT(*)", "");
    JobDefinition definition = made(job("made", mappings, ", 'createTableIfNotExists': true"));

    JsonNode table = api.get("/tables/made");
    assertThat(table.path("type").asText()).isEqualTo("aggregate");
    assertThat(table.path("timeResolution").asText()).isEqualTo("millisecond");
    assertThat(table.path("schema"))
        .isEqualTo(
            PolarisApi.parsed(
                """
                [{'type': 'dimension', 'name': 's', 'dataType': 'string'},
                 {'type': 'measure', 'name': 'longest', 'dataType': 'long'},
                 {'type': 'measure', 'name': '__count', 'dataType': 'long'}]"""));
    assertThat(definition.transform().rollup().orElseThrow().measures())
        .extracting(Rollup.Measure::column, Rollup.Measure::function)
        .containsExactly(
            tuple("longest", Rollup.Function.MAX), tuple("__count", Rollup.Function.COUNT));
    assertThat(definition.limits().sortColumns()).isEmpty();

    Reply plain = api.send("POST", "/jobs", job("made", column("longest", "n", ""), ""));
    assertThat(plain.body().path("message").asText())
        .isEqualTo("Column \"longest\" of the table is a measure. Use COUNT, SUM, MIN or MAX.");
    Reply swapped = api.send("POST", "/jobs", job("made", column("s", "MAX(n)", ""), ""));
    assertThat(swapped.body().path("details"))
        .extracting(detail -> detail.path("message").asText())
        .contains("Column \"s\" of the table is a dimension.");
  }

  @Test
  void timesAreFlooredToTheTablesResolutionAndRowsSortedAsItSays() {
    hourly("floored");

    JobDefinition definition =
        made(job("floored", column("s", "s", "") + column("total", "SUM(n)", ""), ""));

    Expression time = definition.transform().computation().orElseThrow().mappings().get(0);
    assertThat(((Expression.Call) time).function()).isEqualTo(ScalarFunction.TIME_FLOOR);
    assertThat(((Expression.Call) time).arguments().get(1))
        .hasFieldOrPropertyWithValue("value", java.util.Optional.of("PT1H"));
    assertThat(definition.limits().sortColumns()).containsExactly("s");
    assertThat(definition.transform().columns().get(2).type())
        .as("sums of whole numbers go into the column of doubles")
        .isEqualTo(io.penstock.spec.ColumnType.DOUBLE);
  }

  @Test
  void aJobForAnAggregateTableCombinesRowsEvenWithoutAMeasure() {
    hourly("dimensions");

    JobDefinition definition = made(job("dimensions", column("s", "s", ""), ""));

    assertThat(definition.transform().rollup().orElseThrow().measures()).isEmpty();
  }

  @Test
  void columnsThatAJobAddsAreDeclaredAndTheVersionTellsOfIt() {
    hourly("growing");

    made(job("growing", column("most", "MAX(x)", "") + column("s", "s", ""), ""));
    made(job("growing", column("s", "s", ""), ""));

    JsonNode table = api.get("/tables/growing");
    assertThat(table.path("version").asInt()).isEqualTo(1);
    assertThat(table.path("schema"))
        .extracting(c -> c.path("type").asText() + " " + c.path("name").asText())
        .containsExactly("dimension s", "measure total", "measure most");
    assertThat(table.path("queryableSchema"))
        .extracting(c -> c.path("name").asText())
        .containsExactly("__time", "s", "total", "most", "__count");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COUNT(*) | , 'isAggregation': false | isAggregation | the expression is an aggregation",
        "n | , 'isAggregation': true | isAggregation | outermost",
        "MIN(s) | | expression | takes a number",
        "SUM(*) | | expression | not *",
        "j | | expression | JSON or arrays",
        "SUM(n, x) | | expression | 1 argument",
        "SUM(n) FILTER (WHERE s) | | expression | FILTER takes BOOLEAN",
        "n FILTER (WHERE n > 1) | | expression | FILTER",
      })
  void whatIsNoAggregationIsNamed(String expression, String flag, String field, String message) {
    String mapping =
        column("m", expression, flag == null ? "" : flag) + column("count", "COUNT(*)", "");

    Reply reply =
        api.send("POST", "/jobs", job("wrong", mapping, ", 'createTableIfNotExists': true"));

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(400);
    assertThat(reply.body().path("target").asText()).isEqualTo("mappings[1]." + field);
    assertThat(reply.body().path("message").asText()).contains(message);
  }

  @Test
  void aDetailTableTakesNoAggregationsAndAMeasureSortsNothing() {
    api.made("/tables", "{'type': 'detail', 'name': 'detail'}");
    hourly("unsorted");

    Reply detail = api.send("POST", "/jobs", job("detail", column("n", "SUM(n)", ""), ""));
    Reply sorted =
        api.send(
            "POST",
            "/jobs",
            job("unsorted", column("total", "SUM(x)", ""), ", 'clusteringColumns': ['total']"));
    Reply coarse =
        api.send(
            "POST",
            "/jobs",
            job("unsorted", column("total", "SUM(x)", ""), ", 'partitionedBy': 'ten_minute'"));

    assertThat(detail.body().path("message").asText()).contains("Use an aggregate table");
    assertThat(sorted.body().path("target").asText()).isEqualTo("clusteringColumns[0]");
    assertThat(coarse.body().path("target").asText()).isEqualTo("partitionedBy");
  }

  @Test
  void theQueryOfAJobGroupsByWhatIsNoMeasure() {
    String mappings = column("s", "s", "") + column("c", "COUNT(*) FILTER (WHERE n > 1)", "");
    JsonNode made =
        api.made(
            "/jobs",
            job(
                "grouped",
                mappings,
                ", 'createTableIfNotExists': true, 'clusteringColumns': ['s']"));

    assertThat(made.path("query").asText()).endsWith(" GROUP BY 1, 2 CLUSTERED BY \"s\"");
  }
}

package io.penstock.control.dialect.posthog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Projections, free queries and filters. Numbers are those of the contract's cases. */
@ExtendWith(Cases.class)
final class QueryTest {
  private static PosthogApi api;

  @BeforeAll
  static void start() {
    api = new PosthogApi();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static final String ENDING =
      "Only {data_interval_start} and {data_interval_end} are supported in batch export queries";

  /** Number, query, what the refusal says. */
  private static final String[][] PROJECTIONS = {
    {"17", "SELECT", "Failed to parse query"},
    {"18", "SELECT event,, FROM events", "Failed to parse query"},
    {
      "19",
      "SELECT unknown_field FROM events",
      "Invalid HogQL query: Unable to resolve field: unknown_field"
    },
    {
      "20",
      "SELECT event, persons.id FROM events LEFT JOIN persons ON events.person_id = persons.id",
      "JOINs are not supported"
    },
    {"20", "SELECT event FROM events, persons", "JOINs are not supported"},
    {
      "21", "WITH cte AS (SELECT event FROM events) SELECT event FROM cte", "CTEs are not supported"
    },
    {"22", "SELECT event FROM (SELECT event FROM events)", "Subqueries are not supported"},
    {
      "23",
      "SELECT event FROM (SELECT event FROM events UNION ALL SELECT event FROM events)",
      "Subqueries are not supported"
    },
    {
      "24",
      "SELECT coalesce((SELECT uuid FROM events LIMIT 1), uuid) AS foo FROM events",
      "Subqueries in SELECT expressions are not supported"
    },
    {
      "25",
      "SELECT event, person_created_at FROM events",
      "Batch exports cannot read these fields: person_created_at. Supported fields are: _inserted_at, created_at, distinct_id, elements_chain, event, person_id, person_properties, properties, team_id, timestamp, uuid."
    },
    {
      "union", "SELECT event FROM events UNION SELECT event FROM events", "UNIONs are not supported"
    },
    {"none", "SELECT 1 AS one", "Query must SELECT FROM events"},
    {"other", "SELECT id FROM persons", "Query must only SELECT FROM events"},
    {
      "order",
      "SELECT event FROM events ORDER BY event",
      "Invalid HogQL query: Aggregation, ordering and limits are not supported"
    },
    {
      "count",
      "SELECT count(*) AS c FROM events",
      "Invalid HogQL query: Aggregation, ordering and limits are not supported"
    },
    {
      "function",
      "SELECT frobnicate(event) AS f FROM events",
      "Invalid HogQL query: Unsupported function call: frobnicate"
    },
    {
      "where",
      "SELECT event FROM events WHERE event",
      "Invalid HogQL query: A condition must be BOOLEAN but is VARCHAR."
    },
    {
      "where",
      "SELECT event FROM events WHERE event IN (SELECT event FROM events)",
      "Subqueries in SELECT expressions are not supported"
    },
  };

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n").replace("'", "\\u0027") + '"';
  }

  private static void refused(PosthogApi.Reply reply, String attr, String detail) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.body().path("attr").asText()).isEqualTo(attr);
    assertThat(reply.body().path("detail").asText()).isEqualTo(detail);
  }

  @TestFactory
  Stream<DynamicTest> projections() {
    return Stream.of(PROJECTIONS)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    "case " + one[0],
                    () -> {
                      Cases.run("case " + one[0]);
                      String body = api.s("{'hogql_query':" + quoted(one[1]) + "}");
                      refused(api.send("POST", PosthogApi.BE, body), "hogql_query", one[2]);
                    }));
  }

  @Test
  void case_16_aProjectionIsShownWithItsColumns() {
    String query =
        "SELECT\n  event,\n  team_id AS my_team,\n  properties, properties.$browser AS browser,\n properties.custom AS custom, person_id\nFROM events\n";

    JsonNode made = api.made(PosthogApi.BE, api.s("{'hogql_query':" + quoted(query) + "}"));

    assertThat(made.path("hogql_query").asText()).isEqualTo(query);
    assertThat(made.at("/schema/hogql_query").asText())
        .isEqualTo(
            "SELECT event, team_id AS my_team, properties, properties.$browser AS browser, properties.custom AS custom, person_id FROM events");
    List<String> fields = new ArrayList<>();
    made.at("/schema/fields")
        .forEach(f -> fields.add(f.path("expression").asText() + " " + f.path("alias").asText()));
    assertThat(fields)
        .containsExactly(
            "event event",
            "team_id my_team",
            "properties properties",
            "properties.$browser browser",
            "properties.custom custom",
            "person_id person_id");
    String path = PosthogApi.BE + "/" + made.path("id").asText();
    JsonNode none = api.send("PATCH", path, "{'hogql_query':null}").body();
    assertThat(none.path("schema").isNull()).isTrue();
    assertThat(none.path("hogql_query").isNull()).isTrue();
  }

  private static String free(String query) {
    return api.s("{'model':'hogql','hogql_query':" + query + "}");
  }

  @Test
  void cases_26_27_28_29_30_aFreeQueryNamesTheBoundsOfItsInterval() {
    String query =
        "SELECT event AS event, timestamp FROM events WHERE timestamp >= {data_interval_start} AND timestamp < {data_interval_end}";
    JsonNode made = api.made(PosthogApi.BE, free(quoted(query)));
    assertThat(made.path("model").asText()).isEqualTo("hogql");
    assertThat(made.path("hogql_query").asText()).isEqualTo(query);
    assertThat(made.path("schema").isNull()).isTrue();
    assertThat(api.get(PosthogApi.BE).at("/results/0/hogql_query").asText()).isEqualTo(query);
    String where = "SELECT event FROM events WHERE ";
    refused(
        api.send("POST", PosthogApi.BE, free(quoted(where + "event = {unknown_placeholder}"))),
        "hogql_query",
        "Unknown placeholder '{unknown_placeholder}'. " + ENDING);
    refused(
        api.send("POST", PosthogApi.BE, free(quoted(where + "{filters}"))),
        "hogql_query",
        "Unsupported placeholder. " + ENDING);
    refused(
        api.send("POST", PosthogApi.BE, free("null")),
        "hogql_query",
        "'hogql_query' is required when 'model' is 'hogql'");
    String filtered =
        api.s(
            "{'model':'hogql','hogql_query':"
                + quoted(query)
                + ",'filters':[{'key':'$browser','operator':'exact','type':'event','value':['Firefox']}]}");
    refused(
        api.send("POST", PosthogApi.BE, filtered),
        "filters",
        "'filters' is only supported for 'events' not 'hogql' model");
    assertThat(
            api.send(
                    "POST",
                    PosthogApi.BE,
                    free(quoted(where + "event = '{in quotes}' -- {comment}")))
                .status())
        .isEqualTo(201);
    refused(
        api.send("POST", PosthogApi.BE, free(quoted("SELECT lower(event) FROM events"))),
        "hogql_query",
        "Every column in the SELECT clause must be a field or have an alias (e.g. `count() AS event_count`)");
    refused(
        api.send(
            "POST",
            PosthogApi.BE,
            free(quoted("SELECT e.event FROM events e JOIN persons p ON e.person_id = p.id"))),
        "hogql_query",
        "Invalid HogQL query: Only a SELECT from one table is supported by this server");
  }

  private static void filter(String filter, String detail) {
    refused(
        api.send("POST", PosthogApi.BE, api.s("{'filters':[" + filter + "]}")), "filters", detail);
  }

  @Test
  void filtersAreCheckedWhenTheyAreSaved() {
    String good =
        """
        {'filters':[{'key':'$browser','operator':'exact','type':'event','value':['Firefox']},
         {'key':'event','operator':'is_not','type':'event','value':'x'},
         {'key':'plan','operator':'gte','type':'person','value':5},
         {'key':'team_id','operator':'lt','type':'event','value':'7'},
         {'key':'timestamp','operator':'is_date_after','type':'event','value':'2026-01-01'},
         {'key':'event','operator':'is_set','type':'event'},
         {'key':'event','operator':'not_regex','type':'event','value':'^a+$'},
         {'key':'event <> ''y'' OR properties.a IS NULL','type':'hogql'}]}"""
            .replace("''", "\\u0027");
    JsonNode made = api.made(PosthogApi.BE, api.s(good));
    assertThat(made.path("filters")).hasSize(8);
    JsonNode none =
        api.send("PATCH", PosthogApi.BE + "/" + made.path("id").asText(), "{'filters':null}")
            .body();
    assertThat(none.path("filters").isNull()).isTrue();

    refused(
        api.send("POST", PosthogApi.BE, api.s("{'filters':{}}")),
        "filters",
        "'filters' should be an array of filters");
    filter("1", "Each filter must be an object");
    filter(
        "{'key':'a','type':'cohort'}",
        "Each filter must have a 'type' of one of: 'event', 'hogql', 'person'");
    filter(
        "{'key':'a','type':'event','operator':'near','value':1}",
        "Unsupported filter: there is no operator 'near'");
    filter(
        "{'key':'a','type':'event','operator':'regex','value':'('}",
        "Unsupported filter: '(' is no regular expression: Unclosed group");
    filter(
        "{'key':'timestamp','type':'event','operator':'is_date_before','value':'soon'}",
        "Unsupported filter: 'soon' is no ISO instant");
    PosthogApi.Reply interval =
        api.send(
            "POST",
            PosthogApi.BE,
            api.s("{'filters':[{'key':'data_interval_start','type':'event','value':1}]}"));
    assertThat(interval.body().path("detail").asText())
        .contains("not 'filters'. Trigger a backfill");
  }
}

package io.penstock.control.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.expression.Selected.Reason;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SelectParserTest {
  private static final SelectParser PARSER =
      new SelectParser(
          "events",
          new InputSchema(
              List.of(
                  new InputSchema.Field("timestamp", ValueType.TIMESTAMP),
                  new InputSchema.Field("event", ValueType.VARCHAR),
                  new InputSchema.Field("properties", ValueType.JSON),
                  new InputSchema.Field("hidden", ValueType.BIGINT))),
          List.of("timestamp", "event"));

  private static Selected.Valid valid(String sql) {
    Selected selected = PARSER.parse(sql);
    assertThat(selected).isInstanceOf(Selected.Valid.class);
    return (Selected.Valid) selected;
  }

  private static List<String> shown(Selected.Valid valid) {
    return valid.items().stream().map(item -> item.text() + " AS " + item.alias()).toList();
  }

  @Test
  void namesThatAreWordsOfSqlNeedNoQuotes() {
    Selected.Valid valid =
        valid(
            """
            SELECT timestamp, -- the time
                   events.event /* the name */ AS value,
                   TIMESTAMP '2026-01-01 00:00:00' AS "date",
                   properties.$browser AS one
              FROM events WHERE timestamp >= TIMESTAMP '2026-01-01 00:00:00'""");

    assertThat(shown(valid))
        .containsExactly(
            "timestamp AS timestamp",
            "events.event AS value",
            "TIMESTAMP '2026-01-01 00:00:00' AS date",
            "properties.$browser AS one");
    assertThat(valid.fields()).containsExactlyInAnyOrder("timestamp", "event", "properties");
    assertThat(valid.condition()).isPresent();
  }

  @Test
  void keysOfJsonAreTextOrNull() {
    Expression read = valid("SELECT properties.a.b AS x FROM events").items().get(0).expression();

    assertThat(read)
        .isEqualTo(
            new Expression.Call(
                ScalarFunction.JSON_VALUE,
                List.of(
                    new Expression.Input(2, ValueType.JSON),
                    new Expression.Constant(ValueType.VARCHAR, Optional.of("$['a']['b']"))),
                ValueType.VARCHAR));
  }

  @Test
  void aStarIsWhatItIsSaidToBe() {
    assertThat(shown(valid("SELECT *, lower(event) AS small FROM events e WHERE e.hidden = 1")))
        .containsExactly("timestamp AS timestamp", "event AS event", "lower(event) AS small");
  }

  @Test
  void aTableIsFoundBeforeItsColumnsAreKnown() {
    assertThat(SelectParser.tableOf("SELECT timestamp FROM events WHERE a = 1")).contains("events");
    assertThat(SelectParser.tableOf("SELECT a FROM lake.events AS e")).contains("events");
    assertThat(SelectParser.tableOf("SELECT a FROM x JOIN y ON x.a = y.a")).isEmpty();
    assertThat(SelectParser.tableOf("SELECT 1")).isEmpty();
  }

  @Test
  void whatNeedsMoreThanOneRowOrTableIsRefused() {
    assertThat(PARSER.parse("SELECT event, event FROM events"))
        .isEqualTo(new Selected.Refused(Reason.INVALID, "Column event occurs twice."));
    assertThat(PARSER.parse("SELECT max(event) AS m FROM events"))
        .isEqualTo(new Selected.Refused(Reason.AGGREGATION, ""));
    assertThat(PARSER.parse("SELECT event.key AS k FROM events"))
        .isEqualTo(new Selected.Refused(Reason.UNKNOWN_FIELD, "event.key"));
    assertThat(PARSER.parse("DELETE FROM events"))
        .isInstanceOfSatisfying(
            Selected.Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.SYNTAX));
    assertThat(PARSER.parseCondition("event LIKE 'a%' AND timestamp IS NOT NULL"))
        .isInstanceOf(Selected.Valid.class);
  }
}

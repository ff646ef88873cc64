package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShapeTest {
  private static final Shape SHAPE =
      Shape.EMPTY
          .with("count", Field.integer(1, 5))
          .with("flag", Field.truth(true))
          .with("id", Field.uuid().orNull())
          .with("limit", Field.integer(0, 0).asNullable())
          .with("made", Field.moment())
          .with("extra", Field.text(3));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{\"count\":5,\"flag\":true,\"id\":null,\"limit\":0}",
        "{\"count\":\"60\",\"flag\":\"False\"}|{\"count\":60,\"flag\":false,\"id\":null,\"limit\":0}",
        "{\"flag\":0,\"limit\":null}|{\"count\":5,\"flag\":false,\"id\":null,\"limit\":null}",
        "{\"count\":null,\"made\":\"now\",\"extra\":null}|{\"count\":5,\"flag\":true,\"id\":null,\"limit\":0}",
        "{\"extra\":\"abc\",\"z\":{\"y\":[1]}}|{\"count\":5,\"flag\":true,\"id\":null,\"limit\":0,\"extra\":\"abc\",\"z\":{\"y\":[1]}}",
        "{\"id\":\"00000000-0000-0000-0000-00000000ABCD\"}|{\"count\":5,\"flag\":true,\"id\":\"00000000-0000-0000-0000-00000000abcd\",\"limit\":0}",
      })
  void whatIsGivenIsFilledWithDefaults(String given, String filled) {
    Violations violations = new Violations();

    JsonNode result = SHAPE.filled(json(given), "", violations);

    assertThat(violations.isEmpty()).isTrue();
    assertThat(json(result.toString())).isEqualTo(json(filled));
  }

  @Test
  void everythingThatIsWrongIsNoted() {
    Violations violations = new Violations();
    SHAPE.filled(
        json("{\"count\":1.5,\"flag\":2,\"id\":7,\"extra\":\"abcd\",\"limit\":-1}"),
        "settings",
        violations);

    assertThat(violations.toJson())
        .isEqualTo(
            json(
                """
                {"settings": {"count": ["A valid integer is required."], "flag": ["Must be a valid boolean."], "id": ["Must be a valid UUID."],
                 "extra": ["Ensure this field has no more than 3 characters."], "limit": ["Ensure this value is greater than or equal to 0."]}}"""));
  }

  @Test
  void defaultsAreNotShared() {
    ObjectNode first = TableSettings.SHAPE.filled();
    ((ObjectNode) first.at("/stream")).put("message_queue_max_rows", 1);
    first.withArray("/autoingest").removeAll();

    assertThat(TableSettings.SHAPE.filled().at("/stream/message_queue_max_rows").intValue())
        .isEqualTo(500);
    assertThat(TableSettings.SHAPE.filled().at("/autoingest")).hasSize(1);
  }
}

package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.dialect.hydrolix.TestApi.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transforms over HTTP: the table of validations, echoes, the one default. */
final class TransformRoutesTest {
  private static final String PRIMARY =
      "{\"name\":\"at\",\"datatype\":{\"type\":\"datetime\",\"primary\":true,\"format\":\"2006-01-02\"}}";

  @TempDir static Path folder;
  private static TestApi api;
  private static String transforms;
  private static int rows;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
    transforms = api.table("shop", "orders") + "/transforms/";
  }

  @AfterAll
  static void stop() {
    System.out.println("transforms: " + rows + " rows of validations");
    api.close();
  }

  private static String body(String name, String settings, String... columns) {
    return "{\"name\":\"%s\",\"type\":\"csv\",\"settings\":{%s\"output_columns\":[%s]}}"
        .formatted(name, settings, String.join(",", columns));
  }

  /** The message for each problem with the second column, at its place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7||An object is required.",
        "{}|/name|This field is required.",
        "{\"name\":\"c\"}|/datatype|This field is required.",
        "{\"name\":\"at\",\"datatype\":{\"type\":\"string\"}}|/name|column name at is repeated in multiple positions",
        "{\"name\":\"c\",\"datatype\":{}}|/datatype/type|This field is required.",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"ip\"}}|/datatype/type|Type ip is invalid",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"uint16\"}}|/datatype/type|Type uint16 is invalid",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"datetime\"}}|/datatype/format|A timestamp must have a format field",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"epoch\",\"format\":null}}|/datatype/format|A timestamp must have a format field",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"epoch\",\"format\":\"2006\"}}|/datatype/format|invalid format (2006) for type (epoch)",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"datetime\",\"format\":\"ms\"}}|/datatype/format|invalid format (ms) for type (datetime)",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"datetime\",\"format\":\"%Y-%m-%d\"}}|/datatype/format|cannot find a matching format for %Y-%m-%d",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"datetime\",\"format\":\"(?P<year>\\\\d{4}\"}}|/datatype/format|invalid date format (?P<year>\\d{4}",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"epoch\",\"format\":\"s\",\"resolution\":\"ns\"}}|/datatype/resolution|ns is not a valid choice",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"array\"}}|/datatype/elements|An array must have exactly one element type.",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"map\",\"elements\":[{\"type\":\"string\"}]}}|/datatype/elements|A map must have exactly two element types, of its keys and its values.",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"array\",\"elements\":[{\"type\":\"wat\"}]}}|/datatype/elements/0/type|Type wat is invalid",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"uint8\",\"catch_all\":true}}|/datatype/catch_all|A catch_all field must be a string or a map.",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"json\",\"catch_rejects\":true}}|/datatype/catch_rejects|A catch_rejects field must be a string or a map.",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"uint8\",\"shard_key\":true}}|/datatype/type|A uint8 field type cannot be used as a shard key. Only string field types are allowed",
        "{\"name\":\"c\",\"datatype\":{\"type\":\"string\",\"source\":{\"from_automatic_value\":\"moon\"}}}|/datatype/source/from_automatic_value|moon is not a valid choice",
      })
  void whatIsWrongWithAColumnIsSaidAtItsPlace(String column, String place, String message) {
    Reply reply = api.send("POST", transforms, body("wrong", "", PRIMARY, column));

    assertThat(reply.status()).isEqualTo(400);
    String pointer = "/settings/output_columns/1" + (place == null ? "" : place) + "/0";
    assertThat(reply.json().at(pointer).asText()).isEqualTo(message);
    rows++;
  }

  /** Problems with the set of columns hang on the set. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"string\"}|{\"type\":\"string\"}|A primary field was not specified. Please specify only one",
        "{\"type\":\"epoch\",\"format\":\"s\",\"primary\":true}|{\"type\":\"epoch\",\"format\":\"s\",\"primary\":true}|Multiple fields were set as primary. Please make sure only 1 field is set as primary",
        "{\"type\":\"string\",\"catch_all\":true}|{\"type\":\"string\",\"catch_all\":true}|Multiple fields were set as catch_all. Please make sure only 1 field is set as catch_all",
        "{\"type\":\"string\",\"catch_rejects\":true}|{\"type\":\"string\",\"catch_rejects\":true}|Multiple fields were set as catch_rejects. Please make sure only 1 field is set as catch_rejects",
        "{\"type\":\"string\",\"shard_key\":true}|{\"type\":\"string\",\"shard_key\":true}|Multiple fields were set as shard_keys. Please make sure only 1 field is set as shard_key",
      })
  void whatIsWrongWithTheSetIsSaidOfTheSet(String first, String second, String message) {
    Reply reply =
        api.send(
            "POST",
            transforms,
            body(
                "wrong",
                "",
                "{\"name\":\"p\",\"datatype\":" + first + "}",
                "{\"name\":\"q\",\"datatype\":" + second + "}"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/settings/output_columns"))
        .extracting(JsonNode::asText)
        .contains(message);
    rows++;
  }

  /** The whole answer for problems beside columns. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"x\",\"settings\":{\"output_columns\":[P]}}|{\"type\":[\"This field is required.\"]}",
        "{\"name\":\"x\",\"type\":\"xml\",\"settings\":{\"output_columns\":[P]}}|{\"type\":[\"xml is not a valid choice\"]}",
        "{\"name\":\"x\",\"type\":\"csv\"}|{\"settings\":[\"This field is required.\"]}",
        "{\"name\":\"x\",\"type\":\"csv\",\"settings\":{}}|{\"settings\":{\"output_columns\":[\"This field is required.\"]}}",
        "{\"name\":\"x\",\"type\":\"csv\",\"settings\":{\"compression\":\"gzip, rar\",\"output_columns\":[P]}}|{\"settings\":{\"compression\":[\"rar is not a valid choice\"]}}",
        "{\"name\":\"x\",\"type\":\"csv\",\"settings\":{\"compression\":\"gz,gz,gz,gz,gz,gz,gz,gz,gz\",\"output_columns\":[P]}}|{\"settings\":{\"compression\":[\"Ensure this field has no more than 8 layers.\"]}}",
        "{\"name\":\"x\",\"type\":\"csv\",\"settings\":{\"format_details\":{\"delimiter\":\"ab\"},\"output_columns\":[P]}}|{\"settings\":{\"format_details\":{\"delimiter\":[\"The delimiter must be one byte, or its ASCII number.\"]}}}",
        "{\"name\":\"x\",\"type\":\"csv\",\"settings\":{\"format_details\":{\"quote\":\"\u00e9\"},\"output_columns\":[P]}}|{\"settings\":{\"format_details\":{\"quote\":[\"The quote must be one byte, or its ASCII number.\"]}}}",
        "{\"name\":\"x\",\"type\":\"csv\",\"settings\":{\"is_default\":\"perhaps\",\"output_columns\":[P]}}|{\"settings\":{\"is_default\":[\"Must be a valid boolean.\"]}}",
        "{\"name\":\"x\",\"type\":\"csv\",\"settings\":{\"output_columns\":[Q]}}|{\"settings\":{\"output_columns\":{\"0\":{\"datatype\":{\"suppress\":[\"A primary field is stored; it cannot have suppress.\"]}}}}}",
      })
  void whatIsWrongBesideColumnsIsSaidUnderItsField(String body, String refusal) {
    String suppressed = PRIMARY.replace("\"primary\":true", "\"primary\":true,\"suppress\":true");

    Reply reply =
        api.send(
            "POST",
            transforms,
            body.replace("[P]", "[" + PRIMARY + "]").replace("[Q]", "[" + suppressed + "]"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json()).isEqualTo(json(refusal));
    rows++;
  }

  @Test
  void errorsOfColumnsAndOfTheSetStandBesideEachOther() {
    Reply reply =
        api.send(
            "POST",
            transforms,
            body("wrong", "", "{\"name\":\"a\",\"datatype\":{\"type\":\"wat\"}}"));

    assertThat(reply.json())
        .isEqualTo(
            json(
                """
                {"settings": {"output_columns": {"0": {"datatype": {"type": ["Type wat is invalid"]}},
                 "non_field_errors": ["A primary field was not specified. Please specify only one"]}}}"""));
  }

  @Test
  void aColumnHasOneTypeOnATable() {
    String own = api.table("typed", "orders") + "/transforms/";
    String id =
        api.made(
                own, body("one", "", PRIMARY, "{\"name\":\"n\",\"datatype\":{\"type\":\"uint8\"}}"))
            .path("uuid")
            .asText();
    String other =
        body(
            "two",
            "",
            "{\"name\":\"ts\",\"datatype\":{\"type\":\"epoch\",\"format\":\"s\",\"primary\":true}}",
            "{\"name\":\"n\",\"datatype\":{\"type\":\"TYPE\"}}");

    assertThat(
            api.send("POST", own, other.replace("TYPE", "string"))
                .json()
                .at("/settings/output_columns/1/datatype/type/0")
                .asText())
        .isEqualTo("column name n already exists on the table with type uint8");
    assertThat(api.send("POST", own, other.replace("TYPE", "uint8")).status()).isEqualTo(201);
    assertThat(
            api.send(
                    "PUT",
                    own + id,
                    body("one", "", PRIMARY, "{\"name\":\"n\",\"datatype\":{\"type\":\"string\"}}"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void aTableIsShardedByTextAlone() {
    String table = api.table("sharded", "orders");
    api.made(
        table + "/transforms/",
        body(
            "one",
            "",
            PRIMARY,
            "{\"name\":\"n\",\"datatype\":{\"type\":\"uint8\"}}",
            "{\"name\":\"s\",\"datatype\":{\"type\":\"string\"}}"));

    assertThat(api.send("PATCH", table, "{\"settings\":{\"shard_key\":\"n\"}}").json())
        .isEqualTo(
            json(
                "{\"settings\":{\"shard_key\":[\"A uint8 field type cannot be used as a shard key. Only string field types are allowed\"]}}"));
    assertThat(api.send("PATCH", table, "{\"settings\":{\"shard_key\":\"s\"}}").status())
        .isEqualTo(200);
    assertThat(api.get(table).json().at("/settings/shard_key").asText()).isEqualTo("s");
  }

  @Test
  void theNewestDefaultIsTheOnlyOne() {
    String table = api.table("flags", "orders");
    String own = table + "/transforms/";
    String first =
        api.made(own, body("first", "\"is_default\":true,", PRIMARY)).path("uuid").asText();
    String second =
        api.made(
                own,
                body("second", "\"is_default\":\"true\",", PRIMARY.replace("\"at\"", "\"ts\"")))
            .path("uuid")
            .asText();

    assertThat(api.get(own + first).json().at("/settings/is_default").booleanValue()).isFalse();
    assertThat(api.get(own + second).json().at("/settings/is_default").booleanValue()).isTrue();
    assertThat(api.get(table).json().path("primary_key").asText()).isEqualTo("ts");

    assertThat(api.send("PUT", own + first, body("first", "\"is_default\":1,", PRIMARY)).status())
        .isEqualTo(200);

    assertThat(api.get(own + second).json().at("/settings/is_default").booleanValue()).isFalse();
    assertThat(api.get(table).json().path("primary_key").asText()).isEqualTo("at");
    assertThat(api.send("DELETE", own + first, "").status()).isEqualTo(204);
    assertThat(api.get(table).json().path("primary_key").asText()).isEqualTo("ts");
  }

  @Test
  void aReplyShowsWhatWasLeftOut() {
    JsonNode made =
        api.made(
            transforms,
            """
            {"name": "echo", "type": "json", "template": "t", "extra": {"kept": true}, "settings": {"compression": "", "buffer_size": 5, "output_columns": [
              {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}, "position": 4},
              {"name": "d", "datatype": {"type": "double", "index": true, "treatment": "metric"}},
              {"name": "a", "datatype": {"type": "array", "elements": [{"type": "string", "name": "x"}]}},
              {"name": "m", "datatype": {"type": "map", "elements": [{"type": "string"}, {"type": "double"}]}},
              {"name": "s", "datatype": {"type": "string", "index": "false", "default": 7}}]}}""");

    JsonNode columns = made.at("/settings/output_columns");
    assertThat(columns.get(0))
        .isEqualTo(
            json(
                """
                {"name": "at", "position": 4, "datatype": {"type": "epoch", "primary": true, "format": "s", "index": true,
                 "suppress": false, "resolution": null, "default": null, "script": null, "source": null}}"""));
    assertThat(columns)
        .extracting(c -> c.at("/datatype/index").toString())
        .containsExactly("true", "false", "false", "false", "false");
    assertThat(columns.at("/1/datatype/treatment").asText()).isEqualTo("metric");
    assertThat(columns.at("/4/datatype/default").intValue()).isEqualTo(7);
    assertThat(made.at("/settings/compression").asText("missing")).isEmpty();
    assertThat(made.at("/settings/buffer_size").intValue()).isEqualTo(5);
    assertThat(made.at("/settings/format_details")).isEqualTo(json("{}"));
    assertThat(made.at("/settings/null_values")).isEqualTo(json("[]"));
    assertThat(made.at("/settings/is_default").isBoolean()).isTrue();
    assertThat(made.at("/settings").has("sql_transform")).isTrue();
    assertThat(made.at("/extra/kept").booleanValue()).isTrue();
    assertThat(made.has("template")).isFalse();
    assertThat(made.path("url").asText()).endsWith(transforms + made.path("uuid").asText());
  }

  @Test
  void aTransformIsReplacedButNotPatched() {
    JsonNode made = api.made(transforms, body("whole", "", PRIMARY));
    Reply patched = api.send("PATCH", transforms + made.path("uuid").asText(), "{}");

    assertThat(patched.status()).isEqualTo(405);
    assertThat(patched.json())
        .isEqualTo(json("{\"detail\": \"Method \\\"PATCH\\\" not allowed.\"}"));
    assertThat(patched.headers().firstValue("Allow").orElse("")).contains("PUT");
    assertThat(api.send("PUT", transforms + made.path("uuid").asText(), made.toString()).status())
        .isEqualTo(200);
  }
}

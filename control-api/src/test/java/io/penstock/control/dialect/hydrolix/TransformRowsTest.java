package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.http.Requests;
import io.penstock.job.decode.LoadedRows;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TransformSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole records, from the transform that a user writes to the rows that are stored. */
final class TransformRowsTest {
  /** The worked example of the contract, with what its lines become. */
  @Test
  void theShopsExport() {
    TransformSpec transform =
        Transforms.translated(
            "csv",
            """
            {"is_default": true, "compression": "gzip", "null_values": ["-", "\\\\N"],
             "format_details": {"delimiter": ";", "skip_head": 1, "windows_ending": true},
             "output_columns": [
              {"name": "placed_at", "datatype": {"type": "datetime", "primary": true,
                "format": "2006-01-02 15:04:05 -0700", "resolution": "ms", "source": {"from_input_index": 0}}},
              {"name": "order_no",  "datatype": {"type": "uint64", "source": {"from_input_index": 1}}},
              {"name": "net",       "datatype": {"type": "double", "index": false, "default": 0, "source": {"from_input_index": 2}}},
              {"name": "tags",      "datatype": {"type": "array", "elements": [{"type": "string", "denullify": true}], "source": {"from_input_index": 3}}},
              {"name": "channel",   "datatype": {"type": "string", "default": "web", "source": {"from_input_index": 2000}}},
              {"name": "src",       "datatype": {"type": "string", "source": {"from_automatic_value": "input_filename"}}},
              {"name": "rest",      "datatype": {"type": "map", "catch_all": true, "elements": [{"type": "string"}, {"type": "string"}]}}]}""");

    LoadedRows loaded =
        LoadedRows.of(
            transform,
            """
            when;no;net;tags
            2026-10-07 09:00:01 +0200;4711;-;["new","gift"];blue
            soon;4711;1;;
            2026-10-07 09:00:02 +0200;abc;1;;
            """
                .replace("\n", "\r\n"));

    assertThat(loaded.rows())
        .containsExactly(
            Map.of(
                "placed_at", "2026-10-07T07:00:01Z",
                "order_no", "4711",
                "net", "0.0",
                "tags", "[\"new\",\"gift\"]",
                "channel", "web",
                "src", LoadedRows.OBJECT,
                "rest", "{\"4\":\"blue\"}"));
    assertThat(loaded.reasons())
        .containsExactly(
            "placed_at: parsing time \"soon\" as \"2006-01-02 15:04:05 -0700\": cannot parse",
            "order_no: strconv.ParseUint: parsing \"abc\": invalid syntax");
  }

  /** Names are looked for when the record has been flattened, pointers before. */
  @Test
  void nestedValuesAreMembersWhereFlatteningSaysSo() {
    String transform =
        """
        {"format_details": {"flattening": {"active": %s, "depth": %s,
          "map_flattening_strategy": {"left": ".", "right": ""},
          "slice_flattening_strategy": {"left": "[", "right": "]"}}},
         "output_columns": [
          {"name": "t", "datatype": {"type": "epoch", "format": "s", "primary": true}},
          {"name": "b", "datatype": {"type": "int32", "source": {"from_input_field": "a.b"}}},
          {"name": "d", "datatype": {"type": "int32", "source": {"from_input_field": "c[0].d"}}},
          {"name": "c1", "datatype": {"type": "json", "source": {"from_input_field": "c[1]"}}},
          {"name": "p", "datatype": {"type": "int32", "source": {"from_json_pointers": ["/c/0/d"]}}},
          {"name": "rest", "datatype": {"type": "map", "catch_all": true, "elements": [{"type": "string"}, {"type": "string"}]}}]}""";
    String record =
        """
        {"t": 1, "a": {"b": 1, "x": {"y": [true]}},
         "c": [{"d": 2}, {"e": null}], "empty": {}}
        """;

    assertThat(flattened(transform.formatted("1", "null"), record))
        .containsEntry("b", "1")
        .containsEntry("d", "2")
        .containsEntry("p", "2")
        .containsEntry("c1", null)
        .containsEntry("rest", "{\"a.x.y[0]\":\"true\",\"c[1].e\":null}");
    assertThat(flattened(transform.formatted("true", "1"), record))
        .containsEntry("b", "1")
        .containsEntry("d", null)
        .containsEntry("p", "2")
        .containsEntry("c1", "{\"e\":null}");
    assertThat(flattened(transform.formatted("false", "null"), record))
        .containsEntry("b", null)
        .containsEntry("p", "2");
  }

  private static Map<String, String> flattened(String transform, String record) {
    return LoadedRows.of(Transforms.translated("json", transform), record).rows().get(0);
  }

  /** Item 11 of the checklist from existing clients. */
  @Test
  void oneRecordWithEveryTypeAndEveryOddityIsOneRow() {
    String columns =
        """
        {"name": "u8", "datatype": {"type": "uint8"}}, {"name": "u32", "datatype": {"type": "uint32"}},
        {"name": "u64", "datatype": {"type": "uint64"}}, {"name": "i8", "datatype": {"type": "int8"}},
        {"name": "i32", "datatype": {"type": "int32"}}, {"name": "i64", "datatype": {"type": "int64"}},
        {"name": "d", "datatype": {"type": "double"}}, {"name": "b", "datatype": {"type": "bool"}},
        {"name": "b2", "datatype": {"type": "boolean"}}, {"name": "s", "datatype": {"type": "string"}},
        {"name": "dt", "datatype": {"type": "datetime", "format": "2006-01-02", "resolution": "seconds"}},
        {"name": "dt64", "datatype": {"type": "datetime64", "format": "2006-01-02T15:04:05.999Z07:00", "resolution": "ms"}},
        {"name": "e", "datatype": {"type": "epoch", "format": "ns"}},
        {"name": "a", "datatype": {"type": "array", "elements": [{"type": "int32"}]}},
        {"name": "as", "datatype": {"type": "array", "elements": [{"type": "string"}]}},
        {"name": "m", "datatype": {"type": "map", "elements": [{"type": "string"}, {"type": "double"}]}},
        {"name": "j", "datatype": {"type": "json"}}""";
    StringBuilder undeclared = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      undeclared.append(", \"undeclared_%d\": {\"n\": [%d]}".formatted(i, i));
    }

    Map<String, String> row =
        Transforms.load(
                Transforms.json(columns),
                """
                "u8": "", "u32": "", "u64": "8489636120768036225", "i8": "", "i32": "", "i64": "", "d": "",
                "b": 2, "b2": "", "s": 1, "dt": "1024-05-06", "dt64": "1024-05-06T07:08:09Z",
                "e": -99999999999999999999999999, "a": [1, null, 3], "as": [null, "x"], "m": {"k": null, "l": 1.5},
                "j": {"deep": [null]}"""
                        .replace('\n', ' ')
                    + undeclared)
            .onlyRow();

    assertThat(row)
        .containsEntry("u8", null)
        .containsEntry("u64", "8489636120768036225")
        .containsEntry("d", null)
        .containsEntry("b", "1")
        .containsEntry("b2", null)
        .containsEntry("s", "1")
        .containsEntry("dt", null)
        .containsEntry("dt64", null)
        .containsEntry("e", null)
        .containsEntry("a", "[1,null,3]")
        .containsEntry("as", "[null,\"x\"]")
        .containsEntry("m", "{\"k\":null,\"l\":1.5}")
        .containsEntry("j", "{\"deep\":[null]}");
  }

  private static final String CATCHING =
      """
      {"name": "n", "datatype": {"type": "uint8"}},
      {"name": "renamed", "datatype": {"type": "string", "source": {"from_input_field": "x"}}},
      {"name": "known", "datatype": {"type": "string", "ignore": true}},
      {"name": "checked", "datatype": {"type": "uint8", "suppress": true}},
      {"name": "deep", "datatype": {"type": "string", "source": {"from_json_pointers": ["/o/p", "/q~1r/0"]}}},
      {"name": "computed", "datatype": {"type": "string", "virtual": true, "default": "c"}},
      {"name": "first", "datatype": {"type": "string", "source": {"from_input_fields": ["f1", "f2"]}}}""";
  private static final String RECORD =
      """
      "n": 1, "x": "y", "known": 5, "checked": 6, "o": {"s": 1}, "q/r": ["zero"], "computed": "in",
      "f2": "second", "renamed": 1.50, "more": [1, 2], "none": null, "text": "\\"\\u00e4"
      """
          .replace('\n', ' ')
          .strip();

  @Test
  void aMapCatchesAllFieldsThatNoColumnAskedForAsTexts() {
    String rest =
        """
        , {"name": "rest", "datatype": {"type": "map", "catch_all": true, "elements": [{"type": "string"}, {"type": "string"}]}}""";
    assertThat(Transforms.load(Transforms.json(CATCHING + rest), RECORD).onlyRow())
        .containsEntry("n", "1")
        .containsEntry("renamed", "y")
        .containsEntry("deep", "zero")
        .containsEntry("computed", "c")
        .containsEntry("first", "second")
        .containsEntry(
            "rest",
            "{\"computed\":\"in\",\"renamed\":\"1.50\",\"more\":\"[1,2]\",\"none\":null,"
                + "\"text\":\"\\\"ä\"}")
        .doesNotContainKeys("known", "checked");
  }

  @Test
  void aTextCatchesThemAsOneObject() {
    String rest =
        ", {\"name\": \"rest\", \"datatype\": {\"type\": \"string\", \"catch_all\": true}}";
    TransformSpec transform = Transforms.json(CATCHING + rest);
    assertThat(Transforms.load(transform, RECORD).onlyRow())
        .containsEntry(
            "rest",
            "{\"computed\":\"in\",\"renamed\":1.50,\"more\":[1,2],\"none\":null,"
                + "\"text\":\"\\\"ä\"}");
    assertThat(Transforms.load(transform, "\"n\": 2").onlyRow()).containsEntry("rest", null);
  }

  @Test
  void aSuppressedColumnIsNotStoredButRejectsWhatItIsNotOf() {
    assertThat(Transforms.load(Transforms.json(CATCHING), "\"checked\": \"x\"").reasons())
        .containsExactly("checked: strconv.ParseUint: parsing \"x\": invalid syntax");
  }

  @Test
  void whatCannotBeConvertedIsCaughtAndTheRowSurvives() {
    String columns =
        """
        {"name": "n", "datatype": {"type": "uint8"}},
        {"name": "z", "datatype": {"type": "uint8", "denullify": true}},
        {"name": "a", "datatype": {"type": "array", "elements": [{"type": "uint8"}]}},
        {"name": "s", "datatype": {"type": "string"}},
        {"name": "caught", "datatype": {"type": "%s, "catch_rejects": true}}""";
    TransformSpec map =
        Transforms.json(
            columns.formatted(
                "map\", \"elements\": [{\"type\": \"string\"}, {\"type\": \"string\"}]"));
    TransformSpec text = Transforms.json(columns.formatted("string\""));
    String record = "\"n\": 256, \"z\": \"x\", \"a\": [1, 300], \"s\": \"fine\"";

    assertThat(Transforms.load(map, record).onlyRow())
        .containsEntry("n", null)
        .containsEntry("z", "0")
        .containsEntry("a", null)
        .containsEntry("s", "fine")
        .containsEntry("caught", "{\"n\":\"256\",\"z\":\"x\",\"a\":\"[1,300]\"}");
    assertThat(Transforms.load(text, record).onlyRow())
        .containsEntry("caught", "{\"n\":256,\"z\":\"x\",\"a\":[1,300]}");
    assertThat(Transforms.load(text, "\"n\": 1").onlyRow()).containsEntry("caught", null);
    assertThat(LoadedRows.of(text, "{\"at\": \"soon\", \"n\": 1}\n").reasons())
        .containsExactly("at: strconv.ParseInt: parsing \"soon\": invalid syntax");
  }

  @Test
  void valuesThatNoRecordHas() {
    String columns =
        """
        {"name": "file", "datatype": {"type": "string", "source": {"from_automatic_value": "input_filename"}}},
        {"name": "now", "datatype": {"type": "datetime", "format": "2006", "resolution": "ms", "source": {"from_automatic_value": "current_time_ms"}}},
        {"name": "whole", "datatype": {"type": "datetime", "format": "2006", "resolution": "ms", "source": {"from_automatic_value": "current_time"}}},
        {"name": "received", "datatype": {"type": "string", "source": {"from_automatic_value": "receive_time"}}},
        {"name": "millis", "datatype": {"type": "uint64", "source": {"from_automatic_value": "receive_time_ms"}}},
        {"name": "how", "datatype": {"type": "string", "source": {"from_automatic_value": "intake_method"}}},
        {"name": "pool", "datatype": {"type": "string", "source": {"from_automatic_value": "intake_pool"}}},
        {"name": "project", "datatype": {"type": "string", "source": {"from_automatic_value": "project_name", "from_input_field": "x"}}},
        {"name": "id", "datatype": {"type": "string", "source": {"from_automatic_value": "project_uuid"}}},
        {"name": "table", "datatype": {"type": "string", "source": {"from_automatic_value": "table_name"}}},
        {"name": "by", "datatype": {"type": "string", "source": {"from_automatic_value": "transform_name"}}},
        {"name": "topic", "datatype": {"type": "string", "source": {"from_automatic_value": "kafka_topic"}}}""";
    assertThat(Transforms.load(Transforms.json(columns), "\"x\": 1, \"now\": 2").onlyRow())
        .containsEntry("file", LoadedRows.OBJECT)
        .containsEntry("now", "2026-10-07T07:00:01.250Z")
        .containsEntry("whole", "2026-10-07T07:00:01Z")
        .containsEntry("received", "2026-10-07T07:00:01Z")
        .containsEntry("millis", "1791356401250")
        .containsEntry("how", "batch")
        .containsEntry("pool", "")
        .containsEntry("project", "shop")
        .containsEntry("id", "c3c20000-0000-0000-0000-000000000000")
        .containsEntry("table", "orders")
        .containsEntry("by", "orders_json")
        .containsEntry("topic", null);
  }

  @Test
  void aTimeOfTheClockCanBeThePrimary() {
    TransformSpec transform =
        Transforms.translated(
            "json",
            """
            {"output_columns": [
              {"name": "seen", "datatype": {"type": "datetime", "primary": true, "format": "2006", "source": {"from_automatic_value": "receive_time"}}},
              {"name": "v", "datatype": {"type": "string"}}]}""");
    assertThat(LoadedRows.of(transform, "{\"v\": 1}\n").onlyRow())
        .containsEntry("seen", "2026-10-07T07:00:01Z")
        .containsEntry("v", "1");
  }

  @Test
  void ofSeveralSourcesTheFirstOfTheOrderCounts() {
    String columns =
        """
        {"name": "p", "datatype": {"type": "string", "source": {"from_input_fields": ["c"], "from_input_field": "b", "from_json_pointers": ["/a/-", "/a/1"]}}},
        {"name": "f", "datatype": {"type": "string", "source": {"from_input_fields": ["c"], "from_input_field": "b", "from_json_pointers": [], "from_input_index": null}}},
        {"name": "w", "datatype": {"type": "string", "source": {"from_json_pointers": [""]}}},
        {"name": "i", "datatype": {"type": "string", "default": "d", "source": {"from_input_index": 0, "from_input_field": "b"}}}""";
    assertThat(
            Transforms.load(Transforms.json(columns), "\"a\": [1, 2], \"b\": 3, \"c\": 4")
                .onlyRow())
        .containsEntry("p", "2")
        .containsEntry("f", "3")
        .containsEntry("w", "{\"at\":1791356401,\"a\":[1,2],\"b\":3,\"c\":4}")
        .containsEntry("i", "d");
  }

  @Test
  void csvFieldsAreCountedAndTheLegacyPositionIsTheSame() {
    TransformSpec transform =
        Transforms.translated(
            "csv",
            """
            {"output_columns": [
              {"name": "at", "position": 1, "datatype": {"type": "epoch", "primary": true, "format": "s"}},
              {"name": "v", "position": 1, "datatype": {"type": "string", "source": {"from_input_index": 0}}},
              {"name": "e", "position": 2, "datatype": {"type": "string"}},
              {"name": "n", "position": 2, "datatype": {"type": "int32"}},
              {"name": "j", "datatype": {"type": "json", "source": {"from_input_index": 3}}},
              {"name": "far", "datatype": {"type": "string", "default": "d", "source": {"from_input_index": 2000000000}}},
              {"name": "named", "datatype": {"type": "string", "source": {"from_input_field": "at"}}}]}""");
    assertThat(LoadedRows.of(transform, "a,60,,\"{\"\"k\"\": 1}\"\n").onlyRow())
        .containsEntry("at", "1970-01-01T00:01:00Z")
        .containsEntry("v", "a")
        .containsEntry("e", "")
        .containsEntry("n", null)
        .containsEntry("j", "{\"k\":1}")
        .containsEntry("far", "d")
        .containsEntry("named", null);
  }

  @Test
  void csvFieldsThatNoColumnAskedForAreCaughtByTheirIndex() {
    TransformSpec transform =
        Transforms.translated(
            "csv",
            """
            {"output_columns": [
              {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s", "source": {"from_input_index": 2}}},
              {"name": "known", "datatype": {"type": "string", "ignore": true, "source": {"from_input_index": 0}}},
              {"name": "checked", "datatype": {"type": "int8", "suppress": true, "source": {"from_input_index": 1}}},
              {"name": "rejects", "datatype": {"type": "map", "catch_rejects": true, "elements": [{"type": "string"}, {"type": "string"}]}},
              {"name": "rest", "datatype": {"type": "string", "catch_all": true, "default": "nothing"}}]}""");
    LoadedRows loaded = LoadedRows.of(transform, "a,1,60,b,,\"c,\"\"d\"\"\"\na,x,60\na,1\n");

    assertThat(loaded.rows().get(0))
        .containsEntry("rest", "{\"3\":\"b\",\"4\":\"\",\"5\":\"c,\\\"d\\\"\"}")
        .containsEntry("rejects", null)
        .containsOnlyKeys("at", "rejects", "rest");
    assertThat(loaded.rows().get(1))
        .containsEntry("rest", "nothing")
        .containsEntry("rejects", "{\"checked\":\"x\"}");
    assertThat(loaded.reasons()).containsExactly("at: the row has no time");
  }

  @Test
  void rowsTooFarInTheFutureAreRejectedAndOtherTimesAreNot() {
    String transform =
        """
        {"output_columns": [
          {"name": "at", "datatype": {"type": "datetime", "primary": true, "format": "2006-01-02T15:04:05.999Z07:00"}},
          {"name": "due", "datatype": {"type": "datetime", "format": "2006-01-02T15:04:05.999Z07:00"}}]}""";
    Instant noon = Instant.parse("2026-11-02T12:00:00Z");
    LoadedRows loaded =
        LoadedRows.of(
            Transforms.translated(
                "json", transform, new TransformTarget(Map.of(), Optional.of(noon), Instant.EPOCH)),
            """
            {"at": "2026-11-02T12:00:00Z", "due": "2099-01-01T00:00:00Z"}
            {"at": "2026-11-02T12:00:00.001Z"}
            {"at": "2026-11-02T15:00:00+05:00"}
            {"at": "2200-01-01T00:00:00Z"}
            """);

    assertThat(loaded.rows())
        .extracting(row -> row.get("at"))
        .containsExactly("2026-11-02T12:00:00Z", "2026-11-02T10:00:00Z");
    assertThat(loaded.rows().get(0)).containsEntry("due", "2099-01-01T00:00:00Z");
    assertThat(loaded.reasons())
        .containsExactly(
            "at: parsing time \"2026-11-02T12:00:00.001Z\": later than 2026-11-02T12:00:00Z",
            "at: parsing time \"2200-01-01T00:00:00Z\": not from 1970-01-01T00:00:00Z to"
                + " 2106-02-07T06:28:15.999999Z");
  }

  @Test
  void theClockAsThePrimaryIsNeverInTheFuture() {
    TransformSpec transform =
        Transforms.translated(
            "json",
            """
            {"output_columns": [
              {"name": "seen", "datatype": {"type": "datetime", "primary": true, "format": "2006", "source": {"from_automatic_value": "receive_time"}}}]}""",
            new TransformTarget(
                Map.of(), Optional.of(LoadedRows.NOW.minusSeconds(60)), Instant.EPOCH));
    assertThat(LoadedRows.of(transform, "{\"v\": 1}\n").onlyRow())
        .containsEntry("seen", "2026-10-07T07:00:01Z");
  }

  @Test
  void firehoseIsAnEnvelopeAndOtherSubtypesAreRefused() {
    String transform =
        """
        {"format_details": {"subtype": %s}, "output_columns": [
          {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}}]}""";

    assertThat(Transforms.translated("json", transform.formatted("\"firehose\"")).format())
        .isEqualTo(
            new RecordFormat.Json(Optional.empty(), Optional.of(RecordFormat.Envelope.FIREHOSE)));
    assertThat(Transforms.translated("json", transform.formatted("null")).format())
        .isEqualTo(new RecordFormat.Json(Optional.empty()));
    assertThat(
            TransformTranslator.translate(
                    "json",
                    Requests.parse(transform.formatted("\"avro\"")),
                    new TransformTarget(Map.of(), Optional.empty(), Instant.EPOCH))
                .reasons())
        .containsExactly("The subtype avro cannot be read.");
  }

  @Test
  void layersOfCompressionAreUndoneFromRightToLeft() {
    assertThat(CompressionNames.layers("gzip, bzip2"))
        .containsExactly(Compression.BZIP2, Compression.GZIP);
    assertThat(CompressionNames.layers("identity,X-GZIP , none,flate"))
        .containsExactly(Compression.DEFLATE, Compression.GZIP);
    assertThat(CompressionNames.layers("identity, ,none")).containsExactly(Compression.NONE);
    assertThat(
            Transforms.translated(
                    "json",
                    """
                    {"compression": "gz,bz2", "output_columns": [
                      {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}}]}""")
                .layers())
        .containsExactly(Compression.BZIP2, Compression.GZIP);
  }

  @Test
  void whatCannotBeExecutedIsSaidAtOnce() {
    assertThat(
            Transforms.refused(
                """
                {"name": "a", "datatype": {"type": "array"}},
                {"name": "b", "datatype": {"type": "map", "elements": [{"type": "string"}]}},
                {"name": "c", "datatype": {"type": "datetime", "format": "soon"}},
                {"name": "d", "datatype": {"type": "epoch", "format": "fortnights"}},
                {"name": "e", "datatype": {"type": "datetime", "format": "2006", "resolution": "us"}},
                {"name": "f", "datatype": {"type": "datetime", "format": "(?P<year>["}},
                {"name": "f1", "datatype": {"type": "datetime", "format": "(?P<age>[0-9]+)"}},
                {"name": "f2", "datatype": {"type": "datetime", "format": "(?P<year>([0-9]{900}){900})"}},
                {"name": "g", "datatype": {"type": "string", "source": {"from_automatic_value": "weather"}}},
                {"name": "i", "datatype": {"type": "string", "source": {"from_thin_air": 1}}},
                {"name": "j", "datatype": {"type": "uint8", "catch_all": true}},
                {"name": "k", "datatype": {"type": "string", "source": {"from_json_pointers": ["a"]}}},
                {"name": "l", "datatype": {"type": "ip"}},
                {"name": "m", "datatype": {"type": "array", "elements": [{"type": "string", "script": "row['a']"}]}}"""))
        .containsExactly(
            "Column a: the number of element types of array must be 1 but was 0.",
            "Column b: the number of element types of map must be 2 but was 1.",
            "Column c: the layout \"soon\" cannot be read: layout must have a part of a time but was"
                + " soon.",
            "Column d: the epoch format fortnights cannot be read.",
            "Column e: the resolution us must be seconds or milliseconds.",
            "Column f: the layout \"(?P<year>[\" cannot be read: error parsing regexp: missing"
                + " closing ]: `[`.",
            "Column f1: the layout \"(?P<age>[0-9]+)\" cannot be read: it has no group for a part of a"
                + " time.",
            "Column f2: the layout \"(?P<year>([0-9]{900}){900})\" cannot be read: it repeats too much"
                + " too often.",
            "Column g: there is no automatic value weather.",
            "Column i: the source from_thin_air cannot be read.",
            "Column j: only a string or a map can catch fields.",
            "Column k: pointer must be empty or begin with / but was a.",
            "Column l: the type ip cannot be loaded yet.",
            "Column m: a script of its elements cannot be executed.");
  }
}

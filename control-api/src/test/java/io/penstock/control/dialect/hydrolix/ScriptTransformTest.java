package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.http.Requests;
import io.penstock.job.decode.LoadedRows;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts of columns, from their text to the rows. */
final class ScriptTransformTest {
  private static final TransformTarget TARGET =
      new TransformTarget(
          Map.of(), Optional.of(Instant.parse("2026-10-07T08:00:00Z")), Instant.EPOCH);
  private static final String INPUTS =
      """
      {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s", "resolution": "ms"}},
      {"name": "n", "datatype": {"type": "int64"}},
      {"name": "x", "datatype": {"type": "double"}},
      {"name": "b", "datatype": {"type": "bool"}},
      {"name": "s", "datatype": {"type": "string"}},
      {"name": "o", "datatype": {"type": "string"}},
      {"name": "tags", "datatype": {"type": "array", "elements": [{"type": "string"}]}},
      """;
  private static final String RECORD =
      """
      {"at": 1791356401.25, "n": 7, "x": 2.5, "b": true, "s": " Ab,c ", "tags": ["t"]}
      """;

  private static TransformTranslator.Translation translated(String columns, String more) {
    String settings = "{\"output_columns\": [" + columns + "]" + more + "}";
    return TransformTranslator.translate("json", Requests.parse(settings), TARGET);
  }

  private static String made(String type, String script) {
    return "{\"name\": \"made\", \"datatype\": {\"type\": \"%s\", \"virtual\": true, \"script\": \"%s\"}}"
        .formatted(type, script.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  private static LoadedRows loaded(String columns, String more, String records) {
    TransformTranslator.Translation translation = translated(columns, more);
    assertThat(translation.reasons()).isEmpty();
    return LoadedRows.of(translation.spec().orElseThrow(), records);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "int64  # row['n'] + 1 # 8",
        "int64  # row.n * row['n'] - -2 # 51",
        "int64  # row['n'] % 4 # 3",
        "double # row['n'] / 2 # 3.5",
        "double # row['x'] + 1 # 3.5",
        "double # 1.5e1 # 15.0",
        "uint8  # row['n'] + 300 # ",
        "uint64 # 0x10 # 16",
        "string # row['s'] + row['n'] # ' Ab,c 7'",
        "string # \"a\" + 'b' + 1 # ab1",
        "string # row['s'].trim().toUpperCase() # AB,C",
        "string # row['s'].trim().substring(1, 3) # 'b,'",
        "string # row['s'].trim().slice(2) # ',c'",
        "int64  # row['s'].length # 6",
        "int64  # row['s'].indexOf(',') # 3",
        "int64  # row['s'].indexOf('z') # -1",
        "bool   # row['s'].includes('b,') # 1",
        "bool   # row['s'].startsWith('A') # 0",
        "string # row['n'] > 5 ? 'many' : 'few' # many",
        "string # row['n'] === 7 && row['x'] < 2 ? 'yes' : 'no' # no",
        "string # row['o'] || 'none' # none",
        "string # row['s'] || 'none' # ' Ab,c '",
        "string # row['o'] === null ? 'null' : row['o'] # null",
        "bool   # row['o'] !== 'a' # 1",
        "bool   # row['o'] == undefined # 1",
        "bool   # !row['b'] # 0",
        "string # row['o'] + 'x' # ",
        "int64  # row['b'] ? 1 : null # 1",
        "double # row['b'] ? row['n'] : row['x'] # 7.0",
        "uint64 # new Date(row['at']).getMilliseconds() # 250",
        "int64  # new Date(row['at']).getTime() # 1791356401250",
        "int64  # new Date(row['at']).getUTCHours() # 7",
        "int64  # new Date(row['at']).getMonth() # 9",
        "int64  # new Date(row['at']).getDay() # 3",
        "int64  # new Date('2026-10-04').getDay() # 0",
        "int64  # new Date('2026-10-07 09:00:01').getTime() # 1791363601000",
        "datetime # new Date(86400000) # 1970-01-02T00:00:00Z",
        "int64  # Math.floor(row['x']) + Math.max(row['n'], 9) # 11",
        "double # Math.min(row['n'], row['x']) # 2.5",
        "double # Number('2.5') + Math.abs(-1) # 3.5",
        "string # String(row['n']) + row['n'].toString() # 77",
        "string # (row['n']) // a comment # 7",
      })
  void whatAScriptGives(String type, String script, String value) {
    String more = type.equals("datetime") ? ",\"format\":\"2006\"" : "";
    String column = made(type, script).replace("\"virtual\"", "\"x\":0" + more + ",\"virtual\"");

    assertThat(loaded(INPUTS + column, "", RECORD).onlyRow()).containsEntry("made", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "int64 # row['nowhere'] # There is no column nowhere",
        "int64 # row['at'] + 1 # A number is needed here, but there is TIMESTAMP",
        "int64 # n + 1 # There is nothing of this name",
        "int64 # row[0] # This is not supported",
        "int64 # row['n'] = 1 # This is not supported",
        "int64 # row['n']++ # This is not supported",
        "int64 # (() => 1)() # ",
        "int64 # function() { return 1 } # This is not supported",
        "int64 # row['n']; row['n'] # It is no JavaScript expression",
        "int64 # 1); while (true) {} ( 1 # It is no JavaScript expression",
        "int64 # row['n'] + # It is no JavaScript expression",
        "int64 # eval('1') # This is not supported",
        "int64 # new Date() # Scripts have no clock",
        "int64 # java.lang.System.exit(1) # There is nothing of this name",
        "int64 # row['s'] - 1 # A number is needed here, but there is VARCHAR",
        "int64 # row['s'] < 1 # A number is needed here",
        "string # 'a' + row['x'] # The text of DOUBLE is not supported",
        "string # row['b'] + 'x' # The text of BOOLEAN is not supported",
        "string # row['s'].substring(row['n']) # Places in text must be numbers that are written out",
        "string # row['tags'] # It gives",
        "array # row['s'] # It gives VARCHAR, which its type cannot take.",
      })
  void whatCannotBeExecutedIsRefused(String type, String script, String why) {
    String column = made(type, script);
    String elements = type.equals("array") ? ",\"elements\":[{\"type\":\"string\"}]" : "";

    TransformTranslator.Translation translation =
        translated(
            INPUTS + column.replace("\"virtual\"", "\"x\":0" + elements + ",\"virtual\""), "");

    assertThat(translation.spec()).isEmpty();
    assertThat(translation.reasons()).hasSize(1);
    assertThat(translation.reasons().get(0))
        .startsWith("Column made: its script cannot be executed: ")
        .contains(why == null ? "" : why);
  }

  @Test
  void deepNestingIsRefusedAndHarmless() {
    String deep = "(".repeat(8_000) + "1" + ")".repeat(8_000);

    assertThat(translated(INPUTS + made("int64", deep), "").reasons()).hasSizeLessThan(2);
  }

  /** A column sees what is before it as scripts left it, and what is behind it as it came. */
  @Test
  void scriptsRunInTheOrderOfTheColumns() {
    String columns =
        """
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
        {"name": "a", "datatype": {"type": "int64", "default": 1, "script": "row['a'] + row['b']"}},
        {"name": "b", "datatype": {"type": "int64", "default": 10, "script": "row['a'] * 2"}},
        {"name": "c", "datatype": {"type": "int64", "suppress": true, "script": "row['b'] + 1"}},
        {"name": "d", "datatype": {"type": "int64", "virtual": true, "script": "row['c'] + row['e']"}},
        {"name": "e", "datatype": {"type": "int64", "default": 5}}""";

    assertThat(loaded(columns, "", "{\"at\": 1791356401}\n").onlyRow())
        .containsEntry("a", "11")
        .containsEntry("b", "22")
        .containsEntry("d", "28")
        .containsEntry("e", "5")
        .doesNotContainKey("c");
  }

  @Test
  void sqlSeesWhatScriptsGave() {
    String columns =
        INPUTS
            + made("int64", "row['n'] + 1")
            + ",{\"name\": \"twice\", \"datatype\": {\"type\": \"int64\", \"virtual\": true, \"sql_expression\": \"made * 2\"}}";

    LoadedRows loaded =
        loaded(
            columns,
            ",\"sql_transform\": \"SELECT *, concat(s, '!') AS o FROM {STREAM} WHERE made > 7\"",
            RECORD + RECORD.replace("7,", "6,"));

    assertThat(loaded.onlyRow())
        .containsEntry("made", "8")
        .containsEntry("twice", "16")
        .containsEntry("o", " Ab,c !");
  }

  /** Scripts come before nulls are filled in, and SQL behind it. */
  @Test
  void aScriptSeesTheNullThatDenullifyFills() {
    String columns =
        """
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
        {"name": "n", "datatype": {"type": "int64", "denullify": true}},
        {"name": "seen", "datatype": {"type": "string", "virtual": true, "script": "row['n'] === null ? 'null' : 'value'"}},
        {"name": "filled", "datatype": {"type": "string", "virtual": true, "denullify": true, "script": "null"}},
        {"name": "sql", "datatype": {"type": "int64", "virtual": true, "sql_expression": "n + 1"}}""";

    assertThat(loaded(columns, "", "{\"at\": 1791356401}\n").onlyRow())
        .containsEntry("n", "0")
        .containsEntry("seen", "null")
        .containsEntry("filled", "")
        .containsEntry("sql", "1");
  }

  @Test
  void thePrimaryMayBeMadeOfTwoColumns() {
    String columns =
        """
        {"name": "at", "datatype": {"type": "datetime", "primary": true, "virtual": true, "format": "2006-01-02 15:04:05", "script": "new Date(row['date'] + ' ' + row['hour'])"}},
        {"name": "date", "datatype": {"type": "string"}},
        {"name": "hour", "datatype": {"type": "string"}}""";

    LoadedRows loaded =
        loaded(
            columns,
            "",
            """
            {"date": "2026-10-01", "hour": "09:00:01"}
            {"date": "someday", "hour": "09:00:01"}
            """);

    assertThat(loaded.rows()).hasSize(1);
    assertThat(loaded.rows().get(0)).containsEntry("at", "2026-10-01T09:00:01Z");
    assertThat(loaded.reasons()).hasSize(1);
  }

  @Test
  void scriptsThatGrowWithoutEndAreRefused() {
    StringBuilder columns = new StringBuilder(INPUTS + made("int64", "row['n'] + row['n']"));
    String before = "made";
    for (int i = 0; i < 30; i++) {
      columns.append(
          ",{\"name\": \"m%d\", \"datatype\": {\"type\": \"int64\", \"script\": \"row['%s'] + row['%s']\"}}"
              .formatted(i, before, before));
      before = "m" + i;
    }

    assertThat(translated(columns.toString(), "").reasons())
        .hasSize(1)
        .allMatch(reason -> reason.contains("it is too large"));
  }
}

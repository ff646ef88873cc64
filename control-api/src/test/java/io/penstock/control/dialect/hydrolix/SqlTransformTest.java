package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.http.Requests;
import io.penstock.job.decode.LoadedRows;
import io.penstock.spec.ColumnType;
import io.penstock.spec.KeptWholes;
import io.penstock.spec.TransformSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL in a transform, from its text to the rows. */
final class SqlTransformTest {
  private static final Instant NOW = Instant.parse("2026-10-07T08:00:00Z");
  private static final TransformTarget TARGET =
      new TransformTarget(Map.of(), Optional.of(NOW), NOW);

  /** The primary is computed where the SQL says so; most columns need no SQL. */
  private static final String COLUMNS =
      """
      {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
      {"name": "n", "datatype": {"type": "uint8"}},
      {"name": "name", "datatype": {"type": "string"}},
      {"name": "raw", "datatype": {"type": "int64", "suppress": true}},
      {"name": "made", "datatype": {"type": "string", "virtual": true}},
      {"name": "rest", "datatype": {"type": "map", "catch_all": true, "elements": [{"type": "string"}, {"type": "string"}]}},
      {"name": "bad", "datatype": {"type": "string", "catch_rejects": true}}""";

  private static TransformTranslator.Translation translated(String sql, String columns) {
    String settings = "{\"output_columns\": [" + columns + "], \"sql_transform\": \"" + sql + "\"}";
    return TransformTranslator.translate("json", Requests.parse(settings), TARGET);
  }

  private static LoadedRows loaded(String sql, String columns, String record) {
    TransformTranslator.Translation translation = translated(sql, columns);
    assertThat(translation.reasons()).isEmpty();
    return LoadedRows.of(translation.spec().orElseThrow(), record + "\n");
  }

  @Test
  void columnsThatAreTakenOverStayAsTheyWereConverted() {
    LoadedRows loaded =
        loaded(
            "SELECT *, concat(upper(name), '-', raw + n) AS made FROM {STREAM} WHERE ifNull(n, 0) < 100",
            COLUMNS,
            """
            {"at": 1791356401, "n": 3, "name": "a", "raw": 40, "other": true}
            {"at": 1791356401, "n": "many", "name": "b", "raw": 40}
            {"at": 1791356401, "n": 100, "name": "c", "raw": 40}""");

    assertThat(loaded.rows()).hasSize(2);
    assertThat(loaded.rows().get(0))
        .containsEntry("at", "2026-10-07T07:00:01Z")
        .containsEntry("n", "3")
        .containsEntry("name", "a")
        .containsEntry("made", "A-43")
        .containsEntry("rest", "{\"other\":\"true\"}")
        .containsEntry("bad", null)
        .doesNotContainKey("raw");
  }

  private static final String UNSIGNED =
      """
      {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
      {"name": "u", "datatype": {"type": "uint64"}},
      {"name": "w", "datatype": {"type": "int64"}},
      {"name": "same", "datatype": {"type": "uint64", "virtual": true}},
      {"name": "i", "datatype": {"type": "int64", "virtual": true}},
      {"name": "less", "datatype": {"type": "uint64", "virtual": true}}""";

  /** Taken over they are whole; otherwise they are what a signed number can be. */
  @Test
  void unsignedNumbersAreWholeWhereTheyAreTakenOver() {
    LoadedRows loaded =
        loaded(
            "SELECT at, u, u AS same, u AS i, u - 10 AS less FROM {STREAM} WHERE at IS NOT NULL",
            UNSIGNED,
            """
            {"at": 1791356401, "u": 18446744073709551615}
            {"at": 1791356401, "u": 25}
            {"at": 1791356401, "u": 5}""");

    assertThat(loaded.rows().get(0))
        .containsEntry("u", "18446744073709551615")
        .containsEntry("same", "18446744073709551615")
        .containsEntry("i", null)
        .containsEntry("less", null);
    assertThat(loaded.rows().get(1)).containsEntry("i", "25").containsEntry("less", "15");
    assertThat(loaded.rows().get(2)).containsEntry("u", "5").containsEntry("less", null);
  }

  @Test
  void aTableThatHasSignedNumbersKeepsThem() {
    TransformSpec spec =
        translated("SELECT * FROM {STREAM} WHERE at IS NOT NULL", UNSIGNED).spec().orElseThrow();

    LoadedRows loaded =
        LoadedRows.of(
            new KeptWholes(Map.of("u", ColumnType.INT64, "w", ColumnType.UINT64)).of(spec),
            """
            {"at": 1791356401, "u": 9223372036854775807, "w": 18446744073709551615}
            {"at": 1791356401, "u": 9223372036854775808}
            """);

    assertThat(loaded.rows()).hasSize(1);
    assertThat(loaded.rows().get(0))
        .containsEntry("u", "9223372036854775807")
        .containsEntry("w", "18446744073709551615");
    assertThat(loaded.reasons()).hasSize(1).allMatch(reason -> reason.contains("out of range"));
  }

  /** A value that does not convert is caught once, and null for the SQL. */
  @Test
  void whatIsCaughtIsSeenAsNull() {
    LoadedRows loaded =
        loaded(
            "SELECT *, ifNull(toString(n), 'none') AS made FROM {STREAM}",
            COLUMNS,
            "{\"at\": 1791356401, \"n\": \"many\"}");

    assertThat(loaded.onlyRow())
        .containsEntry("made", "none")
        .containsEntry("n", null)
        .containsEntry("bad", "{\"n\":\"many\"}");
  }

  @Test
  void whatIsNotSelectedIsNullAndWhatHasNoColumnIsDropped() {
    LoadedRows loaded =
        loaded(
            "SELECT at, rest, bad, upper(name) AS name, 'x' AS unknown FROM {STREAM}",
            COLUMNS,
            "{\"at\": 1791356401, \"n\": 3, \"name\": \"a\", \"other\": 1}");

    assertThat(loaded.onlyRow())
        .containsEntry("n", null)
        .containsEntry("name", "A")
        .containsEntry("made", null)
        .containsEntry("rest", "{\"other\":\"1\"}")
        .doesNotContainKey("unknown");
  }

  @Test
  void theTimeIsLookedAtBehindTheSql() {
    String columns =
        """
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s", "resolution": "ms"}},
        {"name": "n", "datatype": {"type": "uint8"}}""";
    LoadedRows loaded =
        loaded(
            "SELECT toDateTime(toUnixTimestamp(at) + n) AS at, n FROM {STREAM} WHERE n != 9",
            columns,
            """
            {"at": 1791356401, "n": 1}
            {"at": 99999999999, "n": 9}
            {"n": 9}
            {"at": 1791360000, "n": 1}
            {"n": 1}
            {"at": "never", "n": 9}""");

    assertThat(loaded.rows()).containsExactly(Map.of("at", "2026-10-07T07:00:02Z", "n", "1"));
    assertThat(loaded.reasons())
        .containsExactlyInAnyOrder(
            "the computed time 2026-10-07T08:00:01Z is later than 2026-10-07T08:00:00Z",
            "at: the row has no time",
            "at: strconv.ParseInt: parsing \"never\": invalid syntax");
  }

  @Test
  void aNumberThatItsColumnCannotTakeIsNull() {
    String columns =
        """
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
        {"name": "n", "datatype": {"type": "uint8"}},
        {"name": "z", "datatype": {"type": "uint32", "denullify": true, "virtual": true}}""";

    assertThat(
            loaded(
                    "SELECT at, n * 100 AS n, -n AS z FROM {STREAM}",
                    columns,
                    "{\"at\": 1791356401, \"n\": 3}")
                .onlyRow())
        .containsEntry("n", null);
    assertThat(
            loaded(
                    "SELECT at, n * 2 AS n, nn AS z, NULL AS nn FROM {STREAM}",
                    columns,
                    "{\"at\": 1791356401, \"n\": 3}")
                .onlyRow())
        .containsEntry("n", "6")
        .containsEntry("z", "0");
  }

  @Test
  void aColumnsOwnSqlComesBeforeThatOfTheRows() {
    String columns =
        """
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
        {"name": "n", "datatype": {"type": "int32", "sql_expression": "n + 1"}},
        {"name": "s", "datatype": {"type": "string", "sql_expression": "lower(s)"}}""";

    assertThat(loaded("", columns, "{\"at\": 1791356401, \"n\": 3, \"s\": \"A\"}").onlyRow())
        .containsEntry("n", "4")
        .containsEntry("s", "a");
    assertThat(
            loaded(
                    "SELECT *, concat(s, '!', n) AS s FROM {STREAM} WHERE n = 4",
                    columns,
                    "{\"at\": 1791356401, \"n\": 3, \"s\": \"A\"}")
                .onlyRow())
        .containsEntry("n", "4")
        .containsEntry("s", "a!4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM {STREAM}|",
        " select  *  from {stream} ; |",
        "SELECT name FROM {STREAM}|The transform's sql_transform does not select its primary column.",
        "SELECT *, uniq(n) AS made FROM {STREAM}|The transform's sql_transform cannot be executed: Unknown function UNIQ.",
        "SELECT * FROM {STREAM} LIMIT 1|The transform's sql_transform cannot be executed: Only SELECT … FROM {STREAM} WHERE … is supported.",
        "SELECT *, 'x' AS rest FROM {STREAM}|Column rest catches fields; SQL must select it as it is.",
        "SELECT *, at AS n FROM {STREAM}|Column n: SQL gives TIMESTAMP, which its type cannot take.",
      })
  void whatCannotBeExecutedIsSaid(String sql, String reason) {
    List<String> reasons = translated(sql, COLUMNS).reasons();

    assertThat(reasons).isEqualTo(reason == null ? List.of() : List.of(reason));
  }

  @Test
  void aColumnsSqlThatCannotBeExecutedIsSaid() {
    String columns =
        """
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
        {"name": "s", "datatype": {"type": "string", "sql_expression": "tier(s)"}}""";

    assertThat(translated("", columns).reasons())
        .containsExactly("Column s: its sql_expression cannot be executed: Unknown function TIER.");
  }

  @Test
  void aTransformWhoseSqlChangesNothingComputesNothing() {
    TransformSpec spec = translated("SELECT * FROM {STREAM}", COLUMNS).spec().orElseThrow();

    assertThat(spec.computation()).isEmpty();
  }
}

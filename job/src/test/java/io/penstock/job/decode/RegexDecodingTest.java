package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegexDecodingTest {
  private static ColumnSpec column(String name, ColumnType type, int group) {
    return new ColumnSpec(
        name,
        1,
        type,
        new ColumnSource.Position(group),
        type == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static TransformSpec transform(String pattern) {
    return SpecJson.read(
        SpecJson.write(
            new TransformSpec(
                new RecordFormat.Regex(pattern),
                Compression.NONE,
                List.of(
                    column("at", ColumnType.TIMESTAMP, 0),
                    column("n", ColumnType.INT64, 2),
                    column("level", ColumnType.STRING, 1),
                    column("none", ColumnType.STRING, 9)),
                "at",
                List.of())),
        TransformSpec.class);
  }

  @Test
  void groupsAreFieldsAndOneThatTookNoPartIsNull() {
    DecodedRows decoded =
        DecodedRows.of(
            transform("(\\S+) \\[(\\w*)\\](?: (\\d+))?"),
            "1970-01-01T00:00:01Z [é] 7\r\n\n1970-01-01T00:00:02Z [warn]\n1970-01-01T00:00:03Z [] 9");

    assertThat(decoded.rejects)
        .as("a word of ASCII letters only, as Java has it")
        .extracting(RejectedRow::line)
        .containsExactly(1L);
    assertThat(decoded.rows)
        .containsExactly(
            Arrays.asList("2000000", null, "warn", null), Arrays.asList("3000000", "9", "", null));
  }

  @Test
  void aLineThatDoesNotMatchAsAWholeIsRejectedByItself() {
    DecodedRows decoded =
        DecodedRows.of(
            transform("(\\S+) (\\w+) (\\d+)"),
            "1970-01-01T00:00:01Z a 7\n1970-01-01T00:00:02Z a 7 x\nnothing\n1970-01-01T00:00:03Z b 8\n");

    assertThat(decoded.rows).hasSize(2);
    assertThat(decoded.rejects)
        .extracting(
            RejectedRow::line, RejectedRow::code, RejectedRow::reason, row -> row.row().get())
        .containsExactly(
            tuple(
                2L,
                RejectCode.MALFORMED_ROW,
                "the pattern does not match the whole line",
                "1970-01-01T00:00:02Z a 7 x"),
            tuple(
                3L,
                RejectCode.MALFORMED_ROW,
                "the pattern does not match the whole line",
                "nothing"));
    assertThat(decoded.counts.balanced()).isTrue();
  }

  @Test
  void aLineOnWhichThePatternNeverEndsIsRejected() {
    DecodedRows decoded =
        DecodedRows.of(transform("((\\w+)*)-(x)"), "a".repeat(200) + "\n" + "aaaa-x\n");

    assertThat(decoded.rejects).extracting(RejectedRow::line).containsExactly(1L, 2L);
    assertThat(decoded.rejects.get(0).reason())
        .isIn(
            "a regular expression takes too many steps",
            "the pattern does not match the whole line");
  }

  @Test
  void aPatternNeedsGroups() {
    assertThatThrownBy(() -> new RecordFormat.Regex("a+")).hasMessage("pattern must have groups");
    assertThatThrownBy(() -> new RecordFormat.Regex("(a"))
        .hasMessageContaining("is no regular expression");
  }
}

package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fields of separated values that have a delimiter of elements in them. */
final class CsvListsTest {
  private static final String AT = "2026-01-01T00:00:00Z";
  private static final String MICROS = "1767225600000000";

  private static TransformSpec transform(ColumnType... types) {
    List<ColumnSpec> columns = new java.util.ArrayList<>();
    columns.add(column("at", ColumnType.TIMESTAMP, 0));
    for (int i = 0; i < types.length; i++) {
      columns.add(column("c" + i, types[i], i + 1));
    }
    return new TransformSpec(
        new RecordFormat.Csv(
            ',', Optional.of('"'), Optional.of('"'), Optional.empty(), 0, false, Optional.of(';')),
        Compression.NONE,
        columns,
        "at",
        List.of());
  }

  private static ColumnSpec column(String name, ColumnType type, int position) {
    return new ColumnSpec(
        name,
        0,
        type,
        new ColumnSource.Position(position),
        type == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(""));
  }

  @Test
  void aListIsJsonAndOfAColumnOfJsonEverythingElseIsAString() {
    DecodedRows decoded =
        DecodedRows.of(
            transform(ColumnType.STRING, ColumnType.JSON),
            AT + ",a;b,1;2\n" + AT + ",a,1\n" + AT + ",\"x\"\";y;\",\"{}\"\n" + AT + ",,\n");

    assertThat(decoded.rejects).isEmpty();
    assertThat(decoded.rows)
        .containsExactly(
            List.of(MICROS, "[\"a\",\"b\"]", "[\"1\",\"2\"]"),
            List.of(MICROS, "a", "\"1\""),
            List.of(MICROS, "[\"x\\\"\",\"y\",\"\"]", "\"{}\""),
            Arrays.asList(MICROS, null, null));
  }

  /** Lists are found among records that are read quickly, wherever they are. */
  @Test
  void theQuickWayFindsTheSameLists() {
    TransformSpec transform = transform(ColumnType.STRING, ColumnType.STRING);
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      int rows = random.nextInt(40);
      for (int row = 0; row < rows; row++) {
        text.append(AT);
        for (int i = 0; i < 2; i++) {
          text.append(',').append(random.nextInt(9) == 0 ? "a;b" : "v" + random.nextInt(1_000));
        }
        text.append('\n');
      }
      byte[] bytes = text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);

      assertThat(DecodedRows.of(transform, bytes).rows)
          .isEqualTo(ExactRows.of(transform, DecodedRows.OBJECT, bytes).rows);
    }
  }
}

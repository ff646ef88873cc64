package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which records are read without {@link CsvRecordDecoder#decode}. */
final class CsvRowReaderTest {
  private static final RecordFormat.Csv DOUBLED =
      new RecordFormat.Csv(',', Optional.of('"'), Optional.of('"'), Optional.of('#'), 0, false);
  private static final RecordFormat.Csv ESCAPED =
      new RecordFormat.Csv('\t', Optional.of('\''), Optional.of('\\'), Optional.empty(), 0, false);

  @Test
  void recordsOfTheUsualKindAreReadQuickly() {
    assertThat(read(DOUBLED, "a,b,c\n")).containsExactly("a", "b", "c");
    assertThat(read(DOUBLED, "a,b,c\r\n")).containsExactly("a", "b", "c");
    assertThat(read(DOUBLED, "a,b,c")).containsExactly("a", "b", "c");
    assertThat(read(DOUBLED, "a,\"b\",\"c\"\r")).containsExactly("a", "b", "c");
    assertThat(read(DOUBLED, ",none,\"\"\n")).containsExactly("", null, "");
    assertThat(read(DOUBLED, "a\n")).containsExactly("a", null, "by default");
    assertThat(read(DOUBLED, "a,b,c,d,\"e\n\"\n")).containsExactly("a", "b", "c");
    assertThat(read(DOUBLED, "a\"b,\"c,\n\r\"\"d\"\"\",\"größer als 東京\"\n"))
        .containsExactly("a\"b", "c,\n\r\"d\"", "größer als 東京");
    assertThat(read(DOUBLED, "\"\"\"\",\"\"\"\"\"\"\"\",\"a longer text, \"\"\"\"\"\n"))
        .containsExactly("\"", "\"\"\"", "a longer text, \"\"");
    assertThat(read(DOUBLED, "\t\t,\"#\", \n")).containsExactly("\t\t", "#", " ");
  }

  @Test
  void escapedRecordsAreReadQuickly() {
    assertThat(read(ESCAPED, "a\\\tb\t'\\'c\\\\\n'\td\\\ne\n"))
        .containsExactly("a\tb", "'c\\\n", "d\ne");
    assertThat(read(ESCAPED, "a\tb\tc\\\r\n")).containsExactly("a", "b", "c\\");
    assertThat(read(ESCAPED, "a\tb\tc\\")).containsExactly("a", "b", "c\\");
    assertThat(read(ESCAPED, "a\tb\tc\\\n")).containsExactly("a", "b", "c\\");
  }

  @Test
  void whatIsNoRecordOrNotSoundIsLeftToTheExactWay() {
    assertThat(read(DOUBLED, "# a,b\n")).isEmpty();
    assertThat(read(DOUBLED, " \t\r\n")).isEmpty();
    assertThat(read(DOUBLED, "\"a\"b,c\n")).isEmpty();
    assertThat(read(DOUBLED, "a,\"b\n")).isEmpty();
    assertThat(read(DOUBLED, "a,\"b\"\"\n")).isEmpty();
    assertThat(read(DOUBLED, "a,b,c,\u00ff\n")).isEmpty();
  }

  /**
   * What three text columns hold; empty if the record was not read. Written in Latin-1 if that is
   * not UTF-8.
   */
  private static List<String> read(RecordFormat.Csv format, String record) {
    ColumnReader[] readers = new ColumnReader[4];
    List<ColumnSpec> columns = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      columns.add(
          new ColumnSpec(
              "c" + i,
              1 + i,
              ColumnType.STRING,
              new ColumnSource.Position(i),
              Optional.empty(),
              Optional.empty(),
              i == 2 ? Optional.of("by default") : Optional.empty(),
              i == 2 ? List.of() : List.of("none")));
      readers[i] = ColumnReader.of(columns.get(i), List.of(), new ColumnVector(ColumnType.STRING));
    }
    ColumnSpec time =
        new ColumnSpec(
            "at",
            4,
            ColumnType.TIMESTAMP,
            new ColumnSource.None(),
            Optional.of(new TimeFormat.Iso8601()),
            Optional.empty(),
            Optional.empty(),
            List.of());
    columns.add(time);
    readers[3] = ColumnReader.of(time, List.of(), new ColumnVector(ColumnType.TIMESTAMP));
    TransformSpec transform = new TransformSpec(format, Compression.NONE, columns, "at", List.of());
    boolean isLatin1 = record.indexOf('\u00ff') >= 0;
    byte[] bytes = record.getBytes(isLatin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    int end =
        new CsvRecordDecoder(format, transform, readers)
            .read(Arrays.copyOf(bytes, bytes.length + Words.PADDING), 0, bytes.length, 0);
    List<String> values = new ArrayList<>();
    for (ColumnReader reader : List.of(readers).subList(0, 3)) {
      if (end != RecordDecoder.UNKNOWN) {
        assertThat(end).isEqualTo(bytes.length);
        values.add(DecodedRows.text(reader.vector, 0));
      }
    }
    return values;
  }
}

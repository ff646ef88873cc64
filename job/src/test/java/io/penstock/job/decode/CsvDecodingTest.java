package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.source.FramedChunks;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** Decoding of separated values beside commons-csv. */
final class CsvDecodingTest {
  private static final int RECORDS = 20_000;
  private static final int WIDTH = 4;

  private static TransformSpec transform(char delimiter, char quote, char escape, boolean header) {
    List<ColumnSpec> columns = new ArrayList<>();
    columns.add(
        new ColumnSpec(
            "at",
            1,
            ColumnType.TIMESTAMP,
            new ColumnSource.None(),
            Optional.of(new TimeFormat.Iso8601()),
            Optional.empty(),
            Optional.of("2026-01-01"),
            List.of()));
    for (int i = 0; i < WIDTH; i++) {
      columns.add(
          new ColumnSpec(
              "c" + i,
              2 + i,
              ColumnType.STRING,
              header ? new ColumnSource.Field("h" + i) : new ColumnSource.Position(i),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of()));
    }
    return new TransformSpec(
        new RecordFormat.Csv(
            delimiter, Optional.of(quote), Optional.of(escape), Optional.empty(), 0, header),
        Compression.NONE,
        columns,
        "at",
        List.of());
  }

  private static TransformSpec withFormat(TransformSpec transform, RecordFormat.Csv format) {
    return new TransformSpec(
        format,
        transform.layers(),
        transform.columns(),
        transform.timeColumn(),
        transform.nullValues(),
        transform.rowRules());
  }

  @Test
  void doubledQuotesAreReadAsTheReferenceReadsThem() throws Exception {
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

    compare(format, transform(',', '"', '"', false), 1);
  }

  @Test
  void semicolonsAndSingleQuotesAreReadAsTheReferenceReadsThem() throws Exception {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(';').setQuote('\'').setRecordSeparator("\n").get();

    compare(format, transform(';', '\'', '\'', false), 2);
  }

  /** Written by commons-csv, read by both. */
  private static void compare(CSVFormat format, TransformSpec transform, long seed)
      throws Exception {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      List<String> values = new ArrayList<>();
      for (int j = 0; j < WIDTH; j++) {
        values.add(value(random));
      }
      values.set(0, "x" + values.get(0));
      format.printRecord(text, values.toArray());
    }
    List<List<String>> expected = new ArrayList<>();
    for (CSVRecord record : format.parse(new StringReader(text.toString()))) {
      expected.add(record.toList());
    }

    DecodedRows decoded = DecodedRows.of(transform, text.toString());

    assertThat(decoded.rejects).isEmpty();
    assertThat(expected).hasSize(RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      assertThat(decoded.rows.get(i).subList(1, WIDTH + 1))
          .as("record %d", i)
          .isEqualTo(expected.get(i));
    }
  }

  private static String value(Random random) {
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      value.append(
          List.of("a", "b ", ",", ";", "\"", "'", "\n", "ä", "\r\n", "\\", "#")
              .get(random.nextInt(11)));
    }
    return value.toString();
  }

  @Test
  void anEscapeCharacterTakesTheNextOneAsItIs() {
    DecodedRows decoded =
        DecodedRows.of(
            transform(',', '"', '\\', false), "\"a\\\"b\",c\\,d,\"e\nf\",\"g\\\\\"\nh,,\"\",i\n");

    assertThat(decoded.rejects).isEmpty();
    assertThat(decoded.rows)
        .extracting(row -> row.subList(1, WIDTH + 1))
        .containsExactly(List.of("a\"b", "c,d", "e\nf", "g\\"), List.of("h", "", "", "i"));
  }

  @Test
  void aHeaderSaysWhereColumnsAre() {
    DecodedRows decoded =
        DecodedRows.of(transform(',', '"', '"', true), "h3,other,h0,h1\n1,2,3,4\n5\n");

    assertThat(decoded.rows.get(0).subList(1, WIDTH + 1)).containsExactly("3", "4", null, "1");
    assertThat(decoded.rows.get(1).subList(1, WIDTH + 1)).containsExactly(null, null, null, "5");
  }

  @Test
  void anOpenQuoteCostsItsFirstLineOnly() {
    DecodedRows decoded =
        DecodedRows.of(transform(',', '"', '"', false), "a,b,c,d\n\"open,b\ne,f,g,h\n");

    assertThat(decoded.rows).hasSize(2);
    assertThat(decoded.rejects).hasSize(1);
    assertThat(decoded.rejects.get(0).row()).contains("\"open,b");
    assertThat(decoded.rejects.get(0).line()).isEqualTo(2);
    assertThat(decoded.counts.rowsRead()).isEqualTo(3);
  }

  @Test
  void anOpenQuoteCostsItsFirstLineOnlyBeforeLinesThatAreNotUtf8() {
    byte[] bytes = "a,b,c,d\n\"open,b\n\u00ff\ne,f,g,h\n".getBytes(StandardCharsets.ISO_8859_1);

    DecodedRows decoded = DecodedRows.of(transform(',', '"', '"', false), bytes);

    assertThat(decoded.rows).hasSize(2);
    assertThat(decoded.rejects)
        .extracting(RejectedRow::code)
        .containsExactly(RejectCode.MALFORMED_ROW, RejectCode.INVALID_UTF8);
    assertThat(decoded.rejects).extracting(RejectedRow::line).containsExactly(2L, 3L);
  }

  @Test
  void aSkippedLineLongerThanARecordMayBeCountsAsOneLine() {
    RecordFormat.Csv format =
        new RecordFormat.Csv(',', Optional.of('"'), Optional.of('"'), Optional.empty(), 2, false);
    TransformSpec transform = withFormat(transform(',', '"', '"', false), format);
    byte[] bytes = ("x".repeat(500) + "\n\"skipped\na,b,c,d\n").getBytes(StandardCharsets.UTF_8);

    DecodedRows decoded =
        DecodedRows.of(transform, bytes.length, FramedChunks.of(bytes, format, 16, 64));

    assertThat(decoded.rejects).isEmpty();
    assertThat(decoded.rows)
        .extracting(row -> row.subList(1, WIDTH + 1))
        .containsExactly(List.of("a", "b", "c", "d"));
    assertThat(decoded.counts.decodedBytes()).isEqualTo(bytes.length);
  }

  @Test
  void textBehindAClosingQuoteBelongsToTheField() {
    DecodedRows decoded =
        DecodedRows.of(transform(',', '"', '"', false), "\"a\"b,\"c\"\"\",\"\"d\"\",e\"\r\n");

    assertThat(decoded.rows)
        .extracting(row -> row.subList(1, WIDTH + 1))
        .containsExactly(List.of("ab", "c\"", "d\"\"", "e\""));
  }

  @Test
  void oneHeaderNameForTwoFieldsMeansTheLastThatARecordHas() {
    DecodedRows decoded = DecodedRows.of(transform(',', '"', '"', true), "h0,h1,h0\n1,2,3\n4,5\n");

    assertThat(decoded.rows)
        .extracting(row -> row.subList(1, 3))
        .containsExactly(List.of("3", "2"), List.of("4", "5"));
  }

  @Test
  void theLinesOfQuotedFieldsAreCounted() {
    DecodedRows decoded =
        DecodedRows.of(
            transform(',', '"', '"', false), "\"a\n\"\"b\"\"\n\",1\n\"x\ny\"\n\n\"open\n");

    assertThat(decoded.rows).hasSize(2);
    assertThat(decoded.rejects).extracting(RejectedRow::line).containsExactly(7L);
  }
}

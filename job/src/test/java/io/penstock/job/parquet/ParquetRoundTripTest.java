package io.penstock.job.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, read by parquet-java's decoders. */
final class ParquetRoundTripTest {
  private static final int LEVEL = 3;
  private static final int PAGE_ROWS = ColumnEncoder.PAGE_ROWS;
  private static final long SMALL_ROW_GROUP = 50_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyValueAndStatisticComesBackWhateverTheColumns(long seed) throws IOException {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(seed % 2 == 0 ? 1000 : 150_000);
    Rows rows = Rows.of(count, new RandomColumns(random).some(1 + random.nextInt(8)));

    assertReadBack(rows, rows.write(LEVEL));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void theBytesDoNotDependOnHowRowsAreCutIntoBatches(long seed) throws IOException {
    Random random = new Random(seed);
    Rows rows = Rows.of(1 + random.nextInt(90_000), new RandomColumns(random).some(5));
    byte[] expected = rows.write(LEVEL).bytes();

    // One compressor for all: what it has written before changes nothing either.
    try (PageCompressor compressor = new PageCompressor(LEVEL)) {
      for (int largestBatch : new int[] {RowBatch.CAPACITY, 1, 7, 511}) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ParquetFile file = new ParquetFile(rows.columns(), compressor, out);
        assertThat(rows.write(file, out, random, largestBatch).bytes())
            .as("batches of up to %d rows", largestBatch)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void oneRowOfTwoHundredColumnsComesBack() throws IOException {
    Rows rows = Rows.of(1, new RandomColumns(new Random(21)).some(200));

    assertReadBack(rows, rows.write(LEVEL));
  }

  @Test
  void anOpenFileOfFewRowsHoldsLittle() throws IOException {
    Rows rows = Rows.of(20, new RandomColumns(new Random(22)).some(26));
    try (PageCompressor compressor = new PageCompressor(LEVEL)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ParquetFile file = new ParquetFile(rows.columns(), compressor, out);

      assertThat(file.bufferedBytes()).isZero();
      rows.append(file, 0, 20, false);

      assertThat(file.bufferedBytes()).isBetween(1L, 32L * 1024);
    }
  }

  @Test
  void aFileWithoutRowsIsAFile() throws IOException {
    Rows rows = Rows.of(0, new Rows.Column(ColumnType.STRING, row -> "x"));

    assertReadBack(rows, rows.write(LEVEL));
  }

  @Test
  void aTextLargerThanAPageIsAPageOfItsOwn() throws IOException {
    String huge = "é".repeat(DictionaryLimits.MAX_BYTES);
    Rows rows =
        Rows.of(
            40,
            new Rows.Column(
                ColumnType.STRING, row -> row % 10 == 3 ? huge + row : row % 10 == 4 ? null : "s"));
    Rows.Written written = rows.write(LEVEL);

    assertReadBack(rows, written);
    assertThat(new ParquetJavaReader(written.bytes()).pageHeaders(0, 0))
        .extracting(header -> header.getData_page_header().getNum_values())
        .as("a null stays with the row before it")
        .containsExactly(3, 2, 8, 2, 8, 2, 8, 2, 5);
  }

  @Test
  void pagesOfTextEndBeforeTheyAreTooLarge() throws IOException {
    Random random = new Random(31);
    Rows rows =
        Rows.of(
            30_000,
            new Rows.Column(
                ColumnType.STRING,
                row -> Long.toString(random.nextLong(), 36).repeat(random.nextInt(30))));
    Rows.Written written = rows.write(LEVEL);

    assertReadBack(rows, written);
    assertThat(new ParquetJavaReader(written.bytes()).pageHeaders(0, 0))
        .hasSizeGreaterThan(3)
        .allMatch(
            header -> header.getUncompressed_page_size() < ColumnEncoder.PAGE_BYTES + PAGE_ROWS);
  }

  @Test
  void aDictionaryTakesAsManyValuesAsItsIdsHaveAndNotOneMore() throws IOException {
    int full = DictionaryLimits.MAX_ENTRIES;
    Rows rows =
        Rows.of(
            5 * full,
            new Rows.Column(ColumnType.INT64, row -> row % full * 1_000_003L),
            new Rows.Column(ColumnType.INT64, row -> row % (full + 1) * 1_000_003L),
            new Rows.Column(ColumnType.STRING, row -> "t" + row / 4 % full),
            new Rows.Column(ColumnType.STRING, row -> "t" + row / 4 % (full + 1)));
    Rows.Written written = rows.write(LEVEL);

    assertReadBack(rows, written);
    assertThat(encodings(written, 2)).containsOnly(Encoding.PLAIN_DICTIONARY);
    assertThat(encodings(written, 3)).contains(Encoding.PLAIN_DICTIONARY, Encoding.PLAIN);
  }

  @Test
  void aDictionaryThatDoesNotPayIsGivenUpInTheMiddleOfAPage() throws IOException {
    Rows rows =
        Rows.of(
            20_000,
            new Rows.Column(ColumnType.STRING, row -> row % 9 == 0 ? null : "value " + row),
            new Rows.Column(ColumnType.TIMESTAMP, row -> 1_760_000_000_000_000L + row),
            new Rows.Column(ColumnType.INT32, row -> row * 7),
            new Rows.Column(ColumnType.DOUBLE, row -> row / 3.0));
    Rows.Written written = rows.write(LEVEL);

    assertReadBack(rows, written);
    for (int c = 0; c < rows.columns().size(); c++) {
      assertThat(encodings(written, c)).containsExactly(Encoding.PLAIN);
    }
  }

  @Test
  void aDictionaryThatHasPaidIsKeptWhenItIsFull() throws IOException {
    int few = 2 * PAGE_ROWS + 1000;
    Rows rows =
        Rows.of(
            few + DictionaryLimits.MAX_ENTRIES + PAGE_ROWS,
            new Rows.Column(ColumnType.STRING, row -> "t" + (row < few ? row % 10 : row)),
            new Rows.Column(ColumnType.INT64, row -> row < few ? row % 10L : row));
    Rows.Written written = rows.write(LEVEL);

    assertReadBack(rows, written);
    for (int c = 0; c < rows.columns().size(); c++) {
      assertThat(encodings(written, c))
          .startsWith(Encoding.PLAIN_DICTIONARY, Encoding.PLAIN_DICTIONARY)
          .contains(Encoding.PLAIN);
    }
  }

  @Test
  void numbersMadeToCollideEndTheDictionary() throws IOException {
    // Multiplied by the hash's multiplier these are 0, 1, 2 …, so they all begin at one slot.
    long inverse = 0xF1DE83E19937733DL;
    Rows rows =
        Rows.of(
            4000,
            new Rows.Column(
                ColumnType.INT64,
                row -> {
                  long product = inverse * (row % 1000);
                  return product ^ (product >>> 32);
                }));
    Rows.Written written = rows.write(LEVEL);

    assertReadBack(rows, written);
    assertThat(encodings(written, 0)).contains(Encoding.PLAIN);
  }

  @Test
  void aRowGroupEndsAfterAMillionRows() throws IOException {
    Rows rows =
        Rows.of(
            (1 << 20) + 5,
            new Rows.Column(ColumnType.BOOLEAN, row -> row % 3 == 0 ? null : row % 2 == 0));
    Rows.Written written = rows.write(LEVEL);

    assertReadBack(rows, written);
    assertThat(new ParquetJavaReader(written.bytes()).footer().getRow_groups())
        .extracting(RowGroup::getNum_rows)
        .containsExactly(1L << 20, 5L);
  }

  @Test
  void aRowGroupOfLargeTextsEndsAfterAFewRows() throws IOException {
    Random random = new Random(41);
    byte[] noise = new byte[1 << 20];
    Rows rows =
        Rows.of(
            30,
            new Rows.Column(
                ColumnType.STRING,
                row -> {
                  random.nextBytes(noise);
                  return new String(noise, StandardCharsets.ISO_8859_1);
                }));
    Rows.Written written = writeSmallRowGroups(rows, random, RowBatch.CAPACITY);

    assertReadBack(rows, written);
    assertThat(new ParquetJavaReader(written.bytes()).footer().getRow_groups())
        .extracting(RowGroup::getNum_rows)
        .containsExactly(6L, 6L, 6L, 6L, 6L);
    assertThat(writeSmallRowGroups(rows, random, 3).bytes()).isEqualTo(written.bytes());
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54, 55})
  void aFileOfManyRowGroupsComesBack(long seed) throws IOException {
    Random random = new Random(seed);
    Rows rows = Rows.of(60_000, new RandomColumns(random).some(6));
    Rows.Written written = writeSmallRowGroups(rows, random, RowBatch.CAPACITY);

    assertReadBack(rows, written);
    assertThat(written.finished().rowGroupOffsets()).hasSizeGreaterThan(2);
    assertThat(writeSmallRowGroups(rows, random, 100).bytes()).isEqualTo(written.bytes());
  }

  private static Rows.Written writeSmallRowGroups(Rows rows, Random random, int largestBatch)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PageCompressor compressor = new PageCompressor(LEVEL)) {
      ParquetFile file = new ParquetFile(rows.columns(), compressor, out, SMALL_ROW_GROUP);
      return rows.write(file, out, random, largestBatch);
    }
  }

  private static List<Encoding> encodings(Rows.Written written, int column) throws IOException {
    List<Encoding> encodings = new ArrayList<>();
    for (PageHeader header : new ParquetJavaReader(written.bytes()).pageHeaders(0, column)) {
      if (header.isSetData_page_header()) {
        encodings.add(header.getData_page_header().getEncoding());
      }
    }
    return encodings;
  }

  private static void assertReadBack(Rows rows, Rows.Written written) throws IOException {
    ParquetJavaReader reader = new ParquetJavaReader(written.bytes());
    List<Object[]> read = reader.rows(rows.columns());
    assertThat(read).hasSameSizeAs(rows.values());
    for (int row = 0; row < read.size(); row++) {
      for (int c = 0; c < rows.columns().size(); c++) {
        if (!same(read.get(row)[c], rows.values().get(row)[c])) {
          assertThat(read.get(row)[c])
              .as("row %d, %s", row, rows.columns().get(c))
              .isEqualTo(rows.values().get(row)[c]);
        }
      }
    }
    assertThat(written.finished().rows()).isEqualTo(rows.values().size());
    assertThat(written.finished().rowGroupOffsets())
        .isEqualTo(reader.footer().getRow_groups().stream().map(g -> g.getFile_offset()).toList());
    for (int c = 0; c < rows.columns().size(); c++) {
      ColumnStatistics found = written.finished().columns().get(c);
      assertThat(found).isEqualTo(ExpectedStatistics.of(rows, c, found.storedBytes()));
      assertFooter(reader, found, c);
    }
  }

  private static boolean same(Object read, Object expected) {
    if (read instanceof Double a && expected instanceof Double b) {
      return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }
    return Objects.equals(read, expected);
  }

  /** The footer's sums over row groups are what the file says of the column. */
  private static void assertFooter(ParquetJavaReader reader, ColumnStatistics column, int c) {
    long stored = 0;
    long values = 0;
    long nulls = 0;
    for (int group = 0; group < reader.footer().getRow_groupsSize(); group++) {
      ColumnMetaData meta = reader.column(group, c);
      Statistics statistics = meta.getStatistics();
      stored += meta.getTotal_compressed_size();
      values += meta.getNum_values();
      nulls += statistics.getNull_count();
      if (reader.footer().getRow_groupsSize() == 1) {
        assertThat(statistics.isSetMin_value()).isEqualTo(column.upper().isPresent());
        assertThat(statistics.isSetMax_value()).isEqualTo(column.upper().isPresent());
        if (column.upper().isPresent()) {
          assertThat(text(meta.getType(), statistics.getMin_value()))
              .isEqualTo(column.lower().get());
          assertThat(text(meta.getType(), statistics.getMax_value()))
              .isEqualTo(column.upper().get());
        }
      }
    }
    assertThat(stored).isEqualTo(column.storedBytes());
    assertThat(values).isEqualTo(column.values());
    assertThat(nulls).isEqualTo(column.nulls());
  }

  private static String text(Type type, byte[] bound) {
    return switch (type) {
      case BOOLEAN -> Boolean.toString(bound[0] != 0);
      case INT32 -> Integer.toString(LittleEndian.intAt(bound, 0));
      case INT64 -> Long.toString(LittleEndian.longAt(bound, 0));
      case DOUBLE -> Double.toString(Double.longBitsToDouble(LittleEndian.longAt(bound, 0)));
      case BYTE_ARRAY -> new String(bound, StandardCharsets.UTF_8);
      case FIXED_LEN_BYTE_ARRAY -> new java.math.BigInteger(bound).toString();
      case FLOAT, INT96 -> throw new AssertionError(type);
    };
  }
}

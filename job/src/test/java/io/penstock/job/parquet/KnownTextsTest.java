package io.penstock.job.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows that are scattered over many files, written with known texts and without. */
final class KnownTextsTest {
  private static final int FILES = 24;
  private static final int TASKS = 2;
  private static final int BATCHES = 120;

  /** From texts that are the same everywhere to those that are all different. */
  private static final int[] DISTINCT = {1, 30, 1_500, 4_000, 40_000, Integer.MAX_VALUE};

  private static final List<ColumnSpec> COLUMNS =
      IntStream.range(0, DISTINCT.length + 1).mapToObj(KnownTextsTest::column).toList();

  private static ColumnSpec column(int index) {
    ColumnType type =
        index == DISTINCT.length
            ? ColumnType.INT64
            : index % 2 == 0 ? ColumnType.STRING : ColumnType.JSON;
    return new ColumnSpec(
        "c" + index,
        index + 1,
        type,
        new ColumnSource.None(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @Test
  void filesAreTheSameWithThemAndWithout() throws IOException {
    assertThat(written(true).equals(written(false))).isTrue();
  }

  @Test
  void aBatchThatHasEndedIsNotKnown() {
    try (PageCompressor compressor = new PageCompressor(3)) {
      RowBatch batch = batch(new Random(1));
      KnownTexts known = compressor.knownTexts();
      known.beginBatch(batch, DISTINCT.length);
      assertThat(known.numbers(batch, 0)).isNotNull();
      known.endBatch();
      assertThat(known.numbers(batch, 0)).isNull();
    }
  }

  @Test
  void columnsWhoseTextsDoNotComeAgainAreLeftAlone() {
    try (PageCompressor compressor = new PageCompressor(3)) {
      Random random = new Random(2);
      KnownTexts known = compressor.knownTexts();
      RowBatch batch = batch(random);
      for (int i = 0; i < 20; i++) {
        known.endBatch();
        batch = batch(random);
        known.beginBatch(batch, DISTINCT.length);
      }
      assertThat(known.numbers(batch, 1)).isNotNull();
      assertThat(known.numbers(batch, 4)).isNull();
      assertThat(known.numbers(batch, 5)).isNull();
    }
  }

  /** At level 1, where there is no choice of how to compress that pages of other files decide. */
  private static List<ByteBuffer> written(boolean known) throws IOException {
    List<ByteBuffer> files = new ArrayList<>();
    Random random = new Random(7);
    try (PageCompressor compressor = new PageCompressor(1)) {
      for (int task = 0; task < TASKS; task++) {
        compressor.forget();
        files.addAll(task(random, compressor, known));
      }
    }
    return files;
  }

  private static List<ByteBuffer> task(Random random, PageCompressor compressor, boolean known)
      throws IOException {
    List<ByteArrayOutputStream> outputs = new ArrayList<>();
    List<ParquetFile> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      outputs.add(new ByteArrayOutputStream());
      // Small row groups, so that dictionaries end while texts are known.
      files.add(new ParquetFile(COLUMNS, compressor, outputs.get(i), 256 * 1024));
    }
    for (int b = 0; b < BATCHES; b++) {
      RowBatch batch = batch(random);
      if (known) {
        compressor.knownTexts().beginBatch(batch, COLUMNS.size());
      }
      scatter(random, batch, files);
      compressor.knownTexts().endBatch();
    }
    for (ParquetFile file : files) {
      file.finish();
    }
    return outputs.stream().map(out -> ByteBuffer.wrap(out.toByteArray())).toList();
  }

  /** Some rows are in no file, and some runs are long. */
  private static void scatter(Random random, RowBatch batch, List<ParquetFile> files)
      throws IOException {
    int[] selected = batch.selected();
    int from = 0;
    while (from < batch.selectedRows()) {
      int length = random.nextInt(20) == 0 ? 100 : 1 + random.nextInt(30);
      int to = Math.min(batch.selectedRows(), from + length);
      files.get(random.nextInt(FILES)).append(batch, selected, from, to);
      from = to + random.nextInt(2);
    }
  }

  private static RowBatch batch(Random random) {
    RowBatch batch =
        new RowBatch(
            COLUMNS.stream().map(c -> new ColumnVector(c.type())).toArray(ColumnVector[]::new));
    batch.clear();
    for (int row = 0; row < RowBatch.CAPACITY; row++) {
      for (int c = 0; c < DISTINCT.length; c++) {
        if (random.nextInt(10) > 0) {
          byte[] text = text(random, DISTINCT[c]);
          batch.column(c).setText(row, text, 0, text.length);
        } else {
          batch.column(c).setNull(row);
        }
      }
      batch.column(DISTINCT.length).setLong(row, random.nextInt(100));
      batch.endRow();
    }
    return batch;
  }

  /** The length of a text follows from its number: none, short, and more than is kept. */
  private static byte[] text(Random random, int distinct) {
    int number = random.nextInt(distinct);
    String text = "text-" + number;
    return (number % 7 == 3 ? "" : number % 97 == 5 ? text.repeat(300) : text)
        .getBytes(StandardCharsets.UTF_8);
  }
}

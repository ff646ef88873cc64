package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.source.FramedChunks;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Separated values read in the quick way beside the exact one, and cut into chunks of all sizes.
 * {@code penstock.fuzz.cases} says how many cases are tried.
 */
final class CsvFuzzTest {
  private static final int CASES = Integer.getInteger("penstock.fuzz.cases", 3_000);
  private static final int ANY_RECORD = 1 << 16;

  @Test
  void rowsAndRejectsAreThoseOfTheExactWay() {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      RecordFormat.Csv format = RandomCsv.format(random);
      int width = 1 + random.nextInt(6);
      TransformSpec transform = CsvColumns.transform(random, format, width);
      byte[] bytes = RandomCsv.bytes(random, transform, width);

      ExactRows exact = ExactRows.of(transform, DecodedRows.OBJECT, bytes);
      DecodedRows decoded = DecodedRows.of(transform, bytes);

      int number = seed;
      Supplier<String> as = () -> "case %d: %s of %s".formatted(number, shown(bytes), transform);
      assertThat(decoded.rows).as(as).isEqualTo(exact.rows);
      assertThat(decoded.rejects).as(as).isEqualTo(exact.rejects);
      assertThat(decoded.counts.rowsRead()).as(as).isEqualTo(exact.rowsRead);
      assertThat(decoded.counts.rowsWritten()).as(as).isEqualTo(exact.rows.size());
      assertThat(decoded.counts.rowsRejected()).as(as).isEqualTo(exact.rejects.size());
    }
  }

  @Test
  void rowsAndRejectsDoNotDependOnTheSizeOfChunks() {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(-1L - seed);
      RecordFormat.Csv format = RandomCsv.format(random);
      int width = 1 + random.nextInt(6);
      TransformSpec transform = CsvColumns.transform(random, format, width);
      byte[] bytes = RandomCsv.bytes(random, transform, width);
      int chunk = 16 + random.nextInt(200);

      DecodedRows whole =
          DecodedRows.of(
              transform, bytes.length, FramedChunks.of(bytes, format, ANY_RECORD, ANY_RECORD));
      DecodedRows cut =
          DecodedRows.of(
              transform, bytes.length, FramedChunks.of(bytes, format, chunk, ANY_RECORD));

      int number = seed;
      Supplier<String> as =
          () -> "case %d: %s in chunks of %d, %s".formatted(number, shown(bytes), chunk, transform);
      assertThat(cut.rows).as(as).isEqualTo(whole.rows);
      assertThat(cut.rejects).as(as).isEqualTo(whole.rejects);
      assertThat(cut.counts).as(as).isEqualTo(whole.counts);
    }
  }

  private static String shown(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace("\r", "<CR>")
        .replace("\n", "<LF>");
  }
}

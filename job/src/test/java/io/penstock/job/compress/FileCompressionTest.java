package io.penstock.job.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spec.export.ExportFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileCompressionTest {
  private final FileCompression compression = new FileCompression();

  @AfterEach
  void close() {
    compression.close();
  }

  /** Text, noise, zeros and what is in between, of any length. */
  private static byte[] content(Random random) {
    byte[] content = new byte[random.nextInt(random.nextInt(20) == 0 ? 2 : 700_000)];
    int at = 0;
    while (at < content.length) {
      int run = Math.min(content.length - at, 1 + random.nextInt(200_000));
      int kind = random.nextInt(5);
      int different = 1 + random.nextInt(255);
      for (int i = at; i < at + run; i++) {
        content[i] =
            switch (kind) {
              case 0 -> (byte) random.nextInt();
              case 1 -> 0;
              case 2 -> (byte) random.nextInt(different);
              case 3 -> (byte) "{\"event\":\"page view\"}\n".charAt(i % 22);
              default -> (byte) (random.nextInt(9) == 0 ? random.nextInt() : 'a');
            };
      }
      at += run;
    }
    return content;
  }

  private static byte[] gzip(byte[] content, Deflating deflating, Random random)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GzipOutput gzip = new GzipOutput(out, deflating)) {
      int at = 0;
      while (at < content.length) {
        int count = Math.min(content.length - at, 1 + random.nextInt(150_000));
        gzip.write(content, at, count);
        at += count;
      }
    }
    return out.toByteArray();
  }

  private static void assertReadBack(Supplier<Deflating> engine, long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      byte[] content = content(random);
      byte[] stored = gzip(content, engine.get(), random);
      ByteArrayInputStream in = new ByteArrayInputStream(stored);
      try (GZIPInputStream gunzip = new GZIPInputStream(in)) {
        assertThat(Arrays.equals(gunzip.readAllBytes(), content)).as("content %d", i).isTrue();
      }
      assertThat(in.available()).isZero();
      try (GzipStream own = new GzipStream(new ByteArrayInputStream(stored))) {
        assertThat(Arrays.equals(own.readAllBytes(), content)).as("content %d", i).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsCompressedByTheEngineAtHandIsReadBackAsOneMember(long seed) throws IOException {
    assertReadBack(compression::deflating, seed);
  }

  @Test
  void soIsWhatIsCompressedInJava() throws IOException {
    assertReadBack(JavaDeflating::new, 4);
  }

  @Test
  void theBytesDoNotDependOnHowTheyAreWritten() throws IOException {
    byte[] content = content(new Random(8));
    assertThat(gzip(content, compression.deflating(), new Random(1)))
        .isEqualTo(gzip(content, compression.deflating(), new Random(2)));
  }

  @ParameterizedTest
  @EnumSource(BlockCodec.class)
  void blocksAreReadBackAndDamagedOnesRefused(BlockCodec codec) throws IOException {
    Random random = new Random(6);
    for (int i = 0; i < 10; i++) {
      byte[] content = content(random);
      byte[] padded = new byte[content.length + 20];
      System.arraycopy(content, 0, padded, 7, content.length);
      byte[] stored = codec.compress(padded, 7, content.length);
      assertThat(codec.compress(padded, 7, content.length)).isEqualTo(stored);
      byte[] moved = new byte[stored.length + 9];
      System.arraycopy(stored, 0, moved, 5, stored.length);
      assertThat(Arrays.equals(codec.decompress(moved, 5, stored.length, content.length), content))
          .isTrue();
      assertThatThrownBy(() -> codec.decompress(moved, 5, stored.length, content.length + 1))
          .isInstanceOf(UnreadableException.class)
          .hasMessageContaining(codec.name());
    }
  }

  @Test
  void aFileAsAWholeHasNoCodecOfBlocks() {
    assertThatThrownBy(
            () -> compression.open(ExportFormat.Codec.SNAPPY, OutputStream.nullOutputStream()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingAtAllIsAMemberToo() throws IOException {
    byte[] stored = gzip(new byte[0], compression.deflating(), new Random(1));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    }
  }
}

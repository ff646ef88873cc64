package io.penstock.job.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.penstock.spec.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;

final class DecompressionTest {
  private static final byte[] TEXT = "{\"a\":1}\n".repeat(2_000).getBytes(StandardCharsets.UTF_8);

  @Test
  void everyMemberOfAGzipIsReadWhateverAvailableSays() throws Exception {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 2_000; i++) {
      members.write(gzip("row %d\n".formatted(i).getBytes(StandardCharsets.UTF_8)));
    }
    InputStream coy =
        new ByteArrayInputStream(members.toByteArray()) {
          @Override
          public synchronized int available() {
            return 0;
          }
        };

    String all =
        new String(opened(Compression.GZIP, "x", coy, 0).readAllBytes(), StandardCharsets.UTF_8);

    assertThat(all.lines()).hasSize(2_000).endsWith("row 1999");
  }

  @Test
  void everyFrameOfAZstdIsReadAndACutOneIsNamed() throws Exception {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < 300; i++) {
      frames.write(Zstd.compress("row %d\n".formatted(i).getBytes(StandardCharsets.UTF_8)));
    }
    byte[] whole = frames.toByteArray();

    assertThat(new String(auto("x", whole), StandardCharsets.UTF_8).lines())
        .hasSize(300)
        .endsWith("row 299");
    for (int missing = 1; missing < 10; missing++) {
      byte[] cut = Arrays.copyOf(whole, whole.length - missing);
      assertThatThrownBy(() -> auto("x", cut))
          .isInstanceOf(UnreadableException.class)
          .hasMessage("unexpected end of zstd stream");
    }
  }

  @Test
  void zlibDeflateAndZipAreReadAndACutOneIsNamed() throws Exception {
    byte[] zlib = deflated(TEXT, false);
    byte[] raw = deflated(TEXT, true);
    byte[] zip = zip(TEXT, "{\"b\":2}".getBytes(StandardCharsets.UTF_8), new byte[0], TEXT);
    String both = new String(TEXT, StandardCharsets.UTF_8);

    assertThat(open(Compression.ZLIB, zlib)).isEqualTo(TEXT);
    assertThat(open(Compression.DEFLATE, zlib)).isEqualTo(TEXT);
    assertThat(open(Compression.DEFLATE, raw)).isEqualTo(TEXT);
    assertThat(open(Compression.ZIP, zlib)).isEqualTo(TEXT);
    assertThat(open(Compression.ZIP, zip)).asString().isEqualTo(both + "{\"b\":2}\n" + both);
    assertThat(auto("x", zip)).asString().isEqualTo(both + "{\"b\":2}\n" + both);
    for (int length = 7; length < zip.length; length += 1 + length / 20) {
      cut(Compression.ZIP, zip, length, "zip");
    }
    for (int length = 7; length < raw.length; length++) {
      cut(Compression.ZLIB, zlib, length, "zlib");
      cut(Compression.DEFLATE, raw, length, "deflate");
    }
  }

  private static void cut(Compression compression, byte[] whole, int length, String label) {
    assertThatThrownBy(() -> open(compression, Arrays.copyOf(whole, length)))
        .as("%s cut to %d of %d bytes", label, length, whole.length)
        .isInstanceOf(UnreadableException.class)
        .hasMessage("unexpected end of " + label + " stream");
  }

  @Test
  void everyFileOfAnArchiveBeginsWithItsHead() throws Exception {
    byte[] first = "a;b\nno,1\n1;2".getBytes(StandardCharsets.UTF_8);
    byte[] second = "a;b\nno,2\n3;4\n".getBytes(StandardCharsets.UTF_8);
    byte[] headOnly = "a;b".getBytes(StandardCharsets.UTF_8);
    byte[] zip = zip(new byte[0], first, headOnly, second, first);

    for (int pieces : new int[] {1, 3, 4096}) {
      InputStream in = opened(Compression.ZIP, "x", new ByteArrayInputStream(zip), 2);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] piece = new byte[pieces];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        all.write(piece, 0, count);
      }

      assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo("a;b\nno,1\n1;2\n3;4\n1;2\n");
    }
  }

  @Test
  void whatFollowsAZlibStreamAndWhatADirectoryMissesIsDamage() throws Exception {
    byte[] longer = Arrays.copyOf(deflated(TEXT, false), deflated(TEXT, false).length + 1);
    assertThatThrownBy(() -> open(Compression.ZLIB, longer))
        .hasMessage("damaged zlib stream: there are bytes behind its end");

    byte[] zip = zip(TEXT);
    zip[zip.length - 12] = 2;
    assertThatThrownBy(() -> open(Compression.ZIP, zip))
        .hasMessage("damaged zip stream: its directory names 2 entries, but it has 1");
    assertThatThrownBy(() -> open(Compression.NONE, zip(TEXT)))
        .hasMessage("the object is zip-compressed, but the transform names no compression");
  }

  private static byte[] deflated(byte[] bytes, boolean raw) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(6, raw))) {
      deflater.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zip(byte[]... files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < files.length; i++) {
        zip.putNextEntry(new ZipEntry("folder/" + i + ".json"));
        zip.write(files[i]);
      }
    }
    return out.toByteArray();
  }

  @Test
  void contentDecidesWhateverTheNameSays() throws Exception {
    assertThat(auto("plain.gz", TEXT)).isEqualTo(TEXT);
    assertThat(auto("data", gzip(TEXT))).isEqualTo(TEXT);
    assertThat(auto("data.json", Zstd.compress(TEXT))).isEqualTo(TEXT);
    assertThat(auto("data.gz", bzip2(TEXT))).isEqualTo(TEXT);
    assertThat(auto("empty.gz", new byte[0])).isEmpty();
  }

  @Test
  void aTruncatedStreamIsNamedWhereverItIsCut() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      String name = i % 2 == 0 ? "gzip" : "zstd";
      byte[] whole = i % 2 == 0 ? gzip(TEXT) : Zstd.compress(TEXT);
      byte[] cut = Arrays.copyOf(whole, 10 + random.nextInt(whole.length - 10));
      assertThatThrownBy(() -> auto("x", cut))
          .isInstanceOf(UnreadableException.class)
          .hasMessage("unexpected end of " + name + " stream");
    }
  }

  @Test
  void whatIsNotAsTheTransformSaysIsRefusedWithAHint() {
    assertThatThrownBy(() -> open(Compression.GZIP, TEXT))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("not gzip-compressed");
    assertThatThrownBy(() -> open(Compression.NONE, gzip(TEXT)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("gzip-compressed, but the transform names no compression");
  }

  @SuppressWarnings("InputStreamSlowMultibyteRead") // It is slow, and breaks where it should.
  @Test
  void troubleInFetchingIsNotTakenForDamage() {
    InputStream broken =
        new InputStream() {
          private final InputStream head = new ByteArrayInputStream(gzip(TEXT), 0, 50);

          @Override
          public int read() throws IOException {
            int next = head.read();
            if (next < 0) {
              throw new IOException("connection reset");
            }
            return next;
          }
        };

    assertThatThrownBy(() -> opened(Compression.GZIP, "x", broken, 0).readAllBytes())
        .isNotInstanceOf(UnreadableException.class)
        .hasMessage("connection reset");
  }

  private static byte[] auto(String key, byte[] stored) throws IOException {
    return opened(Compression.AUTO, key, new ByteArrayInputStream(stored), 0).readAllBytes();
  }

  private static byte[] open(Compression compression, byte[] stored) throws IOException {
    return opened(compression, "x", new ByteArrayInputStream(stored), 0).readAllBytes();
  }

  private static InputStream opened(
      Compression compression, String key, InputStream stored, int headLines) throws IOException {
    return new Decompression(List.of(compression), key, headLines, Long.MAX_VALUE).open(stored);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bzip2(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(bytes)) {
      bzip2.write(plain);
    }
    return bytes.toByteArray();
  }
}

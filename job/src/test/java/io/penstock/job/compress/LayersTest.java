package io.penstock.job.compress;

import static io.penstock.spec.Compression.BZIP2;
import static io.penstock.spec.Compression.DEFLATE;
import static io.penstock.spec.Compression.GZIP;
import static io.penstock.spec.Compression.ZIP;
import static io.penstock.spec.Compression.ZLIB;
import static io.penstock.spec.Compression.ZSTD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.penstock.spec.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;

/** Objects that are compressed more than once. */
final class LayersTest {
  private static final byte[] TEXT = "{\"a\":1}\n".repeat(2_000).getBytes(StandardCharsets.UTF_8);
  private static final List<Compression> ALL = List.of(GZIP, ZSTD, BZIP2, ZLIB, DEFLATE, ZIP);

  @Test
  void anyLayersAreUndoneInTheirOrder() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      List<Compression> layers = new ArrayList<>();
      byte[] stored = TEXT;
      for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
        Compression layer = ALL.get(random.nextInt(ALL.size()));
        stored = compressed(layer, stored);
        layers.add(0, layer);
      }

      assertThat(open(layers, stored)).as("%s", layers).isEqualTo(TEXT);
    }
  }

  @Test
  void aCutInnerLayerIsNamedWhereverItIsCut() throws Exception {
    byte[] inner = compressed(GZIP, TEXT);
    for (int length = 10; length < inner.length; length++) {
      byte[] stored = compressed(BZIP2, Arrays.copyOf(inner, length));

      assertThatThrownBy(() -> open(List.of(BZIP2, GZIP), stored))
          .isInstanceOf(UnreadableException.class)
          .hasMessage("unexpected end of gzip stream inside bzip2");
    }
    byte[] outer = compressed(BZIP2, inner);
    assertThatThrownBy(() -> open(List.of(BZIP2, GZIP), Arrays.copyOf(outer, outer.length - 3)))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("unexpected end of bzip2 stream");
  }

  @Test
  void aLayerThatIsNotThereIsNamed() throws Exception {
    assertThatThrownBy(() -> open(List.of(BZIP2, GZIP), compressed(BZIP2, TEXT)))
        .isInstanceOf(UnreadableException.class)
        .hasMessage(
            "what is inside bzip2 is not gzip-compressed, as the transform says, but something"
                + " else");
  }

  @Test
  void everyFileOfAnArchiveHasTheLayersBeneathAndItsOwnHead() throws Exception {
    byte[] zip =
        zip(
            compressed(GZIP, bytes("a;b\n1;2")),
            new byte[0],
            compressed(GZIP, bytes("a;b\n3;4\n")),
            compressed(GZIP, bytes("a;b\n5;6")));
    Decompression twice = new Decompression(List.of(ZIP, GZIP), "x", 1, Long.MAX_VALUE);

    for (int pieces : new int[] {1, 5, 4096}) {
      assertThat(inPieces(twice.open(new ByteArrayInputStream(zip)), pieces))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("a;b\n1;2\n3;4\n5;6\n");
    }
  }

  @Test
  void aFileOfAnArchiveThatIsCutIsNamed() throws Exception {
    byte[] whole = compressed(GZIP, TEXT);
    byte[] zip = zip(whole, Arrays.copyOf(whole, whole.length - 1));

    assertThatThrownBy(() -> open(List.of(ZIP, GZIP), zip))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("unexpected end of gzip stream inside zip");
  }

  @Test
  void whatBecomesTooLargeIsUnreadableInWhicheverLayer() throws Exception {
    byte[] zeros = new byte[1 << 20];
    byte[] once = compressed(GZIP, zeros);
    byte[] one = compressed(GZIP, new byte[0]);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 10_000; i++) {
      many.write(one);
    }
    byte[] bomb = compressed(BZIP2, many.toByteArray());

    assertThat(bounded(List.of(GZIP), once, zeros.length)).isEqualTo(zeros);
    assertThatThrownBy(() -> bounded(List.of(GZIP), once, zeros.length - 1))
        .isInstanceOf(UnreadableException.class)
        .hasMessage(
            "the gzip stream becomes more than 1048575 bytes, which is more than the object's"
                + " size allows");
    // They give nothing at all in the end, and yet have to be gone through.
    assertThatThrownBy(() -> bounded(List.of(BZIP2, GZIP), bomb, 1 << 17))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("the bzip2 stream becomes more than 131072 bytes");
  }

  private static byte[] bounded(List<Compression> layers, byte[] stored, long maxBytes)
      throws IOException {
    try (InputStream in =
        new Decompression(layers, "x", 0, maxBytes).open(new ByteArrayInputStream(stored))) {
      return in.readAllBytes();
    }
  }

  private static byte[] open(List<Compression> layers, byte[] stored) throws IOException {
    return bounded(layers, stored, Long.MAX_VALUE);
  }

  private static byte[] inPieces(InputStream in, int size) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[size];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      all.write(piece, 0, count);
    }
    return all.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] compressed(Compression layer, byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    switch (layer) {
      case ZSTD -> bytes.write(Zstd.compress(plain));
      case ZIP -> bytes.write(zip(plain));
      default -> {
        try (OutputStream out =
            layer == GZIP
                ? new GZIPOutputStream(bytes)
                : layer == BZIP2
                    ? new BZip2CompressorOutputStream(bytes)
                    : new DeflaterOutputStream(bytes)) {
          out.write(plain);
        }
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(byte[]... files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < files.length; i++) {
        zip.putNextEntry(new ZipEntry("folder/" + i));
        zip.write(files[i]);
      }
    }
    return out.toByteArray();
  }
}

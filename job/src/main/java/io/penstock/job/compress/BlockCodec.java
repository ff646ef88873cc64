package io.penstock.job.compress;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses and decompresses blocks as a whole, each alone; how long a block was is kept by
 * others. The same block always becomes the same bytes.
 */
public enum BlockCodec {
  NONE {
    @Override
    public byte[] compress(byte[] bytes, int from, int length) {
      return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    void undo(byte[] bytes, int from, int length, byte[] target) throws IOException {
      if (length != target.length) {
        throw new IOException("a block of %d bytes has %d".formatted(target.length, length));
      }
      System.arraycopy(bytes, from, target, 0, length);
    }
  },
  ZSTD {
    private static final int LEVEL = 3;

    @Override
    public byte[] compress(byte[] bytes, int from, int length) {
      byte[] target = new byte[Math.toIntExact(Zstd.compressBound(length))];
      long size = Zstd.compressByteArray(target, 0, target.length, bytes, from, length, LEVEL);
      if (Zstd.isError(size)) {
        throw new IllegalStateException("zstd: " + Zstd.getErrorName(size));
      }
      return Arrays.copyOf(target, (int) size);
    }

    @Override
    void undo(byte[] bytes, int from, int length, byte[] target) throws IOException {
      long size = Zstd.decompressByteArray(target, 0, target.length, bytes, from, length);
      if (size != target.length) {
        throw new IOException(
            Zstd.isError(size) ? Zstd.getErrorName(size) : "the block has " + size + " bytes");
      }
    }
  },
  SNAPPY {
    @Override
    public byte[] compress(byte[] bytes, int from, int length) {
      SnappyCompressor compressor = new SnappyCompressor();
      byte[] target = new byte[compressor.maxCompressedLength(length)];
      int size = compressor.compress(bytes, from, length, target, 0, target.length);
      return Arrays.copyOf(target, size);
    }

    @Override
    void undo(byte[] bytes, int from, int length, byte[] target) throws IOException {
      full(
          target,
          new SnappyDecompressor().decompress(bytes, from, length, target, 0, target.length));
    }
  },
  /** Blocks of LZ4 without frames. */
  LZ4 {
    @Override
    public byte[] compress(byte[] bytes, int from, int length) {
      Lz4Compressor compressor = new Lz4Compressor();
      byte[] target = new byte[compressor.maxCompressedLength(length)];
      int size = compressor.compress(bytes, from, length, target, 0, target.length);
      return Arrays.copyOf(target, size);
    }

    @Override
    void undo(byte[] bytes, int from, int length, byte[] target) throws IOException {
      full(target, new Lz4Decompressor().decompress(bytes, from, length, target, 0, target.length));
    }
  },
  GZIP {
    @Override
    public byte[] compress(byte[] bytes, int from, int length) {
      ByteArrayOutputStream target = new ByteArrayOutputStream(length / 2);
      try (GZIPOutputStream gzip = new GZIPOutputStream(target, BUFFER_BYTES)) {
        gzip.write(bytes, from, length);
      } catch (IOException e) {
        throw new IllegalStateException("memory takes everything", e);
      }
      return target.toByteArray();
    }

    @Override
    void undo(byte[] bytes, int from, int length, byte[] target) throws IOException {
      try (InputStream in =
          new GZIPInputStream(new ByteArrayInputStream(bytes, from, length), BUFFER_BYTES)) {
        full(target, in.readNBytes(target, 0, target.length));
      }
    }
  },
  BROTLI {
    private static final int QUALITY = 5;

    @Override
    public byte[] compress(byte[] bytes, int from, int length) {
      Brotli4jLoader.ensureAvailability();
      try {
        return Encoder.compress(bytes, from, length, Encoder.Parameters.create(QUALITY));
      } catch (IOException e) {
        throw new IllegalStateException("memory takes everything", e);
      }
    }

    @Override
    void undo(byte[] bytes, int from, int length, byte[] target) throws IOException {
      Brotli4jLoader.ensureAvailability();
      try (InputStream in =
          new BrotliInputStream(new ByteArrayInputStream(bytes, from, length), BUFFER_BYTES)) {
        full(target, in.readNBytes(target, 0, target.length));
      }
    }
  };

  private static final int BUFFER_BYTES = 64 * 1024;

  /** Returns the block, compressed. */
  public abstract byte[] compress(byte[] bytes, int from, int length);

  /** Fills the target, or throws anything. */
  abstract void undo(byte[] bytes, int from, int length, byte[] target) throws IOException;

  /**
   * Decompresses a block.
   *
   * @param length of the compressed block
   * @param original its length before it was compressed
   * @throws UnreadableException if it is none, or not so long
   */
  public byte[] decompress(byte[] bytes, int from, int length, int original)
      throws UnreadableException {
    byte[] target = new byte[original];
    try {
      undo(bytes, from, length, target);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException(
          "a block that should be %s cannot be decompressed: %s".formatted(this, e.getMessage()),
          e);
    }
    return target;
  }

  private static void full(byte[] target, int filled) throws IOException {
    if (filled != target.length) {
      throw new IOException("a block of %d bytes has %d".formatted(target.length, filled));
    }
  }
}

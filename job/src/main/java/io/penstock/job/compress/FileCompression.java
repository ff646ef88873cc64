package io.penstock.job.compress;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.penstock.spec.export.ExportFormat;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Compresses files, each as one member or frame. Of one thread, as are its files. */
public final class FileCompression implements Closeable {
  /** Of 0 to 11. */
  private static final int BROTLI_QUALITY = 4;

  private static final int ZSTD_LEVEL = 3;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Optional<NativePieces> pieces = Engines.pieces();

  /**
   * The stream is to be closed, which writes what is left and frees what the garbage collector does
   * not see.
   *
   * @param out is not closed
   */
  public OutputStream open(ExportFormat.Codec codec, OutputStream out) throws IOException {
    OutputStream kept = new KeptOpen(out);
    return switch (codec) {
      case NONE -> kept;
      case GZIP -> new GzipOutput(kept, deflating());
      case ZSTD -> new ZstdOutputStreamNoFinalizer(kept, ZSTD_LEVEL);
      case BROTLI -> {
        Brotli4jLoader.ensureAvailability();
        yield new BrotliOutputStream(kept, Encoder.Parameters.create(BROTLI_QUALITY), BUFFER_BYTES);
      }
      case SNAPPY, LZ4 ->
          throw new IllegalArgumentException("no file as a whole is compressed by " + codec);
    };
  }

  /** For a new stream. */
  Deflating deflating() {
    return pieces.isPresent() ? new NativeDeflating(pieces.get()) : new JavaDeflating();
  }

  @Override
  public void close() {
    pieces.ifPresent(NativePieces::close);
  }

  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() {
      // Belongs to who opened it.
    }
  }
}

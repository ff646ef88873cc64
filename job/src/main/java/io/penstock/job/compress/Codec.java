package io.penstock.job.compress;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** A compression; most are known by their first bytes. */
enum Codec {
  GZIP("gzip", List.of(".gz", ".gzip"), new int[] {0x1f, 0x8b, 0x08}) {
    @Override
    InputStream open(InputStream stored, Files files) throws IOException {
      return new GzipStream(stored);
    }
  },
  ZSTD("zstd", List.of(".zst", ".zstd"), new int[] {0x28, 0xb5, 0x2f, 0xfd}) {
    @Override
    InputStream open(InputStream stored, Files files) throws IOException {
      // Buffers are handed on to the next object; closing frees the native memory.
      return new ZstdInputStreamNoFinalizer(stored, RecyclingBufferPool.INSTANCE);
    }
  },
  BZIP2("bzip2", List.of(".bz2"), new int[] {'B', 'Z', 'h'}) {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int FIRST_LEVEL = '1';
    private static final int LAST_LEVEL = '9';

    /** Text may begin with BZh: the level and the block's own signature must follow. */
    @Override
    boolean begins(byte[] head, int length) {
      return super.begins(head, length)
          && length >= HEAD_BYTES
          && head[3] >= FIRST_LEVEL
          && head[3] <= LAST_LEVEL
          && ((head[4] == 0x31 && head[5] == 0x41) || (head[4] == 0x17 && head[5] == 0x72));
    }

    @Override
    InputStream open(InputStream stored, Files files) throws IOException {
      // It reads byte by byte.
      return new BZip2CompressorInputStream(new BufferedInputStream(stored, BUFFER_BYTES), true);
    }
  },
  ZIP("zip", List.of(".zip"), new int[] {'P', 'K', 3, 4}) {
    @Override
    InputStream open(InputStream stored, Files files) {
      return new ZipStream(stored, files);
    }
  },
  /** Its first bytes may be those of a text. */
  ZLIB("zlib", List.of(), new int[] {}) {
    @Override
    boolean begins(byte[] head, int length) {
      return false;
    }

    @Override
    InputStream open(InputStream stored, Files files) throws IOException {
      return new DeflateStream(stored, false);
    }
  },
  /** With or without the header of zlib. */
  DEFLATE("deflate", List.of(), new int[] {}) {
    @Override
    boolean begins(byte[] head, int length) {
      return false;
    }

    @Override
    InputStream open(InputStream stored, Files files) throws IOException {
      return DeflateStream.withOrWithoutHeader(stored);
    }
  };

  /** So many bytes are enough to tell. */
  static final int HEAD_BYTES = 6;

  private final String label;
  private final List<String> endings;
  private final int[] signature;

  Codec(String label, List<String> endings, int[] signature) {
    this.label = label;
    this.endings = endings;
    this.signature = signature;
  }

  /**
   * @param files what is known of them where several may be stored together
   */
  abstract InputStream open(InputStream stored, Files files) throws IOException;

  /**
   * The files of an archive.
   *
   * @param headLines at the beginning of every one
   * @param opening undoes what each is compressed with besides
   */
  record Files(int headLines, Opening opening) {}

  /** Gives a file's content; closing it closes the file. */
  @FunctionalInterface
  interface Opening {
    InputStream open(InputStream file) throws IOException;
  }

  String label() {
    return label;
  }

  boolean begins(byte[] head, int length) {
    return length >= signature.length && mayBegin(head);
  }

  /** Whether these few bytes are how the signature begins. */
  boolean mayBegin(byte[] head) {
    for (int i = 0; i < Math.min(head.length, signature.length); i++) {
      if ((head[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  boolean named(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(lower::endsWith);
  }

  /**
   * What a failure of this codec means, for a person.
   *
   * @param place where its stream is, with a space in front; empty for the object itself
   */
  String explain(Throwable failure, String place) {
    String message = String.valueOf(failure.getMessage());
    boolean early =
        failure instanceof EOFException
            || message.contains("Truncated")
            || message.contains("unexpected end of stream")
            || message.contains("Unexpected end of");
    return early
        ? "unexpected end of " + label + " stream" + place
        : "damaged " + label + " stream" + place + ": " + message;
  }
}

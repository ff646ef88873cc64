package io.penstock.job.compress;

import io.penstock.spec.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Optional;

/** Opens an object's stored bytes as what they decompress to. */
public final class Decompression {
  /** How zlib streams begin in practice. */
  private static final byte ZLIB_HEAD = 0x78;

  private Decompression() {}

  /**
   * @param key the object's, whose ending speaks where its bytes do not
   * @param stored is closed with the result; what it throws passes through as it is
   * @return a stream that throws {@link UnreadableException} where the bytes are damaged
   * @throws UnreadableException if the bytes are not of the compression that was named
   */
  public static InputStream open(Compression compression, String key, InputStream stored)
      throws IOException {
    // Decoders and framers read large pieces; a buffer between would be a copy more.
    PushbackInputStream whole = new PushbackInputStream(stored, Codec.HEAD_BYTES);
    byte[] head = whole.readNBytes(Codec.HEAD_BYTES);
    whole.unread(head);
    Optional<Codec> found =
        Arrays.stream(Codec.values()).filter(c -> c.begins(head, head.length)).findFirst();
    if (head.length == 0) {
      return whole;
    }
    return switch (compression) {
      case AUTO -> found.isPresent() ? decode(found.get(), whole) : shortOrPlain(key, whole, head);
      case NONE -> plain(found, whole);
      case GZIP -> expected(Codec.GZIP, found, whole);
      case ZSTD -> expected(Codec.ZSTD, found, whole);
      case BZIP2 -> expected(Codec.BZIP2, found, whole);
      case ZLIB -> decode(Codec.ZLIB, whole);
      case DEFLATE -> decode(Codec.DEFLATE, whole);
      case ZIP ->
          found.isEmpty() && head[0] == ZLIB_HEAD
              ? decode(Codec.ZLIB, whole)
              : expected(Codec.ZIP, found, whole);
    };
  }

  /** Too short to show a signature, yet named as compressed: the decoder says what is missing. */
  private static InputStream shortOrPlain(String key, InputStream stored, byte[] head)
      throws IOException {
    Optional<Codec> cutOff =
        Arrays.stream(Codec.values())
            .filter(c -> c.named(key) && head.length < Codec.HEAD_BYTES && c.mayBegin(head))
            .findFirst();
    return cutOff.isPresent() ? decode(cutOff.get(), stored) : stored;
  }

  private static InputStream plain(Optional<Codec> found, InputStream stored)
      throws UnreadableException {
    if (found.isPresent()) {
      throw new UnreadableException(
          "the object is "
              + found.get().label()
              + "-compressed, but the transform names no compression",
          null);
    }
    return stored;
  }

  private static InputStream expected(Codec codec, Optional<Codec> found, InputStream stored)
      throws IOException {
    if (found.isEmpty() || found.get() != codec) {
      throw new UnreadableException(
          "the object is not %s-compressed, as the transform says, but %s"
              .formatted(codec.label(), found.map(Codec::label).orElse("something else")),
          null);
    }
    return decode(codec, stored);
  }

  private static InputStream decode(Codec codec, InputStream stored) throws IOException {
    return new DecodedStream(codec, stored);
  }
}

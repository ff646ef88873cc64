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
   * @param headLines that the reader drops at the beginning; other files of an archive come without
   *     theirs
   * @return a stream that throws {@link UnreadableException} where the bytes are damaged
   * @throws UnreadableException if the bytes are not of the compression that was named
   */
  public static InputStream open(
      Compression compression, String key, InputStream stored, int headLines) throws IOException {
    // Decoders and framers read large pieces; a buffer between would be a copy more.
    PushbackInputStream whole = new PushbackInputStream(stored, Codec.HEAD_BYTES);
    byte[] head = whole.readNBytes(Codec.HEAD_BYTES);
    whole.unread(head);
    if (head.length == 0) {
      return whole;
    }
    Optional<Codec> codec = codec(compression, key, head);
    return codec.isPresent() ? new DecodedStream(codec.get(), whole, headLines) : whole;
  }

  /** Empty if the bytes are what they are. */
  private static Optional<Codec> codec(Compression compression, String key, byte[] head)
      throws UnreadableException {
    Optional<Codec> found =
        Arrays.stream(Codec.values()).filter(c -> c.begins(head, head.length)).findFirst();
    return switch (compression) {
      case AUTO -> found.isPresent() ? found : cutOff(key, head);
      case NONE -> none(found);
      case GZIP -> expected(Codec.GZIP, found);
      case ZSTD -> expected(Codec.ZSTD, found);
      case BZIP2 -> expected(Codec.BZIP2, found);
      case ZLIB -> Optional.of(Codec.ZLIB);
      case DEFLATE -> Optional.of(Codec.DEFLATE);
      case ZIP ->
          found.isEmpty() && head[0] == ZLIB_HEAD
              ? Optional.of(Codec.ZLIB)
              : expected(Codec.ZIP, found);
    };
  }

  /** Too short to show a signature, yet named as compressed: the decoder says what is missing. */
  private static Optional<Codec> cutOff(String key, byte[] head) {
    return Arrays.stream(Codec.values())
        .filter(c -> c.named(key) && head.length < Codec.HEAD_BYTES && c.mayBegin(head))
        .findFirst();
  }

  private static Optional<Codec> none(Optional<Codec> found) throws UnreadableException {
    if (found.isPresent()) {
      throw new UnreadableException(
          "the object is "
              + found.get().label()
              + "-compressed, but the transform names no compression",
          null);
    }
    return found;
  }

  private static Optional<Codec> expected(Codec codec, Optional<Codec> found)
      throws UnreadableException {
    if (found.isEmpty() || found.get() != codec) {
      throw new UnreadableException(
          "the object is not %s-compressed, as the transform says, but %s"
              .formatted(codec.label(), found.map(Codec::label).orElse("something else")),
          null);
    }
    return found;
  }
}

package io.penstock.job.compress;

import io.penstock.spec.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Opens an object's stored bytes as what they decompress to.
 *
 * @param layers undone in this order
 * @param key the object's, whose ending speaks where its bytes do not
 * @param headLines that the reader drops at the beginning; other files of an archive come without
 *     theirs
 * @param maxBytes the most that any layer may give
 */
public record Decompression(List<Compression> layers, String key, int headLines, long maxBytes) {
  /** How zlib streams begin in practice. */
  private static final byte ZLIB_HEAD = 0x78;

  public Decompression {
    layers = List.copyOf(layers);
  }

  /**
   * @param stored is closed with the result; what it throws passes through as it is
   * @return a stream that throws {@link UnreadableException} where the bytes are damaged
   * @throws UnreadableException if the bytes are not of the compression that was named
   */
  public InputStream open(InputStream stored) throws IOException {
    return open(stored, 0, "");
  }

  /**
   * @param depth layers that are undone already
   * @param place where the bytes are found, for a person; empty for the object itself
   */
  private InputStream open(InputStream stored, int depth, String place) throws IOException {
    if (depth == layers.size()) {
      return stored;
    }
    // Decoders and framers read large pieces; a buffer between would be a copy more.
    PushbackInputStream whole = new PushbackInputStream(stored, Codec.HEAD_BYTES);
    byte[] head = whole.readNBytes(Codec.HEAD_BYTES);
    whole.unread(head);
    if (head.length == 0) {
      return whole;
    }
    Optional<Codec> codec = codec(layers.get(depth), head, place);
    if (codec.isEmpty()) {
      return open(whole, depth + 1, place);
    }
    return opened(codec.get(), whole, depth, place);
  }

  private InputStream opened(Codec codec, InputStream whole, int depth, String place)
      throws IOException {
    String inside = " inside " + codec.label();
    // What is beneath an archive is beneath each of its files.
    Codec.Files files = new Codec.Files(headLines, file -> open(file, depth + 1, inside));
    DecodedStream decoded = new DecodedStream(codec, place, whole, files, maxBytes);
    if (codec == Codec.ZIP) {
      return decoded;
    }
    try {
      return open(decoded, depth + 1, inside);
    } catch (IOException | RuntimeException e) {
      decoded.close();
      throw e;
    }
  }

  /** Empty if the bytes are what they are. */
  private Optional<Codec> codec(Compression compression, byte[] head, String place)
      throws UnreadableException {
    Optional<Codec> found =
        Arrays.stream(Codec.values()).filter(c -> c.begins(head, head.length)).findFirst();
    return switch (compression) {
      case AUTO -> found.isPresent() ? found : cutOff(head);
      case NONE -> none(found);
      case GZIP -> expected(Codec.GZIP, found, place);
      case ZSTD -> expected(Codec.ZSTD, found, place);
      case BZIP2 -> expected(Codec.BZIP2, found, place);
      case ZLIB -> Optional.of(Codec.ZLIB);
      case DEFLATE -> Optional.of(Codec.DEFLATE);
      case ZIP ->
          found.isEmpty() && head[0] == ZLIB_HEAD
              ? Optional.of(Codec.ZLIB)
              : expected(Codec.ZIP, found, place);
    };
  }

  /** Too short to show a signature, yet named as compressed: the decoder says what is missing. */
  private Optional<Codec> cutOff(byte[] head) {
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

  private static Optional<Codec> expected(Codec codec, Optional<Codec> found, String place)
      throws UnreadableException {
    if (found.isEmpty() || found.get() != codec) {
      throw new UnreadableException(
          "%s is not %s-compressed, as the transform says, but %s"
              .formatted(
                  place.isEmpty() ? "the object" : "what is" + place,
                  codec.label(),
                  found.map(Codec::label).orElse("something else")),
          null);
    }
    return found;
  }
}

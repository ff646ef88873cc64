package io.penstock.job.compress;

import java.io.IOException;
import java.io.InputStream;

/**
 * Tells damage in the compressed bytes from trouble in fetching them, and ends where they become
 * more than they may.
 */
final class DecodedStream extends InputStream {
  private final Codec codec;
  private final String place;
  private final Source source;
  private final InputStream decoded;
  private final long maxBytes;
  private long count;

  /**
   * @param place where the bytes are found, with a space in front; empty for the object itself
   */
  DecodedStream(Codec codec, String place, InputStream stored, Codec.Files files, long maxBytes)
      throws IOException {
    this.codec = codec;
    this.place = place;
    this.source = new Source(stored);
    this.maxBytes = maxBytes;
    try {
      this.decoded = codec.open(source, files);
    } catch (IOException | RuntimeException e) {
      throw translated(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read;
    try {
      read = decoded.read(target, offset, length);
    } catch (IOException | RuntimeException e) {
      throw translated(e);
    }
    count += Math.max(read, 0);
    if (count > maxBytes) {
      throw new UnreadableException(
          "the %s stream%s becomes more than %d bytes, which is more than the object's size allows"
              .formatted(codec.label(), place, maxBytes),
          null);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    decoded.close();
  }

  private IOException translated(Exception e) {
    if (source.failure != null) {
      return source.failure;
    }
    // A file of an archive may have layers of its own, which say themselves what is wrong.
    return e instanceof UnreadableException known
        ? known
        : new UnreadableException(codec.explain(e, place), e);
  }

  /** Remembers its own failure, which decoders may wrap or rename. */
  private static final class Source extends InputStream {
    private final InputStream stored;
    private IOException failure;

    Source(InputStream stored) {
      this.stored = stored;
    }

    @Override
    public int read() throws IOException {
      try {
        return stored.read();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return stored.read(target, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int available() throws IOException {
      return stored.available();
    }

    @Override
    public void close() throws IOException {
      stored.close();
    }
  }
}

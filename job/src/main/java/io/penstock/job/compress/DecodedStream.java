package io.penstock.job.compress;

import java.io.IOException;
import java.io.InputStream;

/** Tells damage in the compressed bytes from trouble in fetching them. */
final class DecodedStream extends InputStream {
  private final Codec codec;
  private final Source source;
  private final InputStream decoded;

  DecodedStream(Codec codec, InputStream stored, int headLines) throws IOException {
    this.codec = codec;
    this.source = new Source(stored);
    try {
      this.decoded = codec.open(source, headLines);
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
    try {
      return decoded.read(target, offset, length);
    } catch (IOException | RuntimeException e) {
      throw translated(e);
    }
  }

  @Override
  public void close() throws IOException {
    decoded.close();
  }

  private IOException translated(Exception e) {
    return source.failure != null ? source.failure : new UnreadableException(codec.explain(e), e);
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

package io.penstock.job.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * One zlib stream (RFC 1950), or one without its header and sum (RFC 1951), to the end of what is
 * stored: bytes behind the stream are damage.
 */
final class DeflateStream extends InputStream {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int HEADER_BYTES = 2;
  private static final int METHOD_MASK = 0x0f;
  private static final int DEFLATE_METHOD = 8;
  private static final int CHECK_DIVISOR = 31;

  private final InputStream stored;
  private final Inflater inflater;
  private final byte[] input = new byte[BUFFER_BYTES];
  private boolean ended;

  /**
   * @param raw without header and sum
   */
  DeflateStream(InputStream stored, boolean raw) {
    this.stored = stored;
    this.inflater = new Inflater(raw);
  }

  /** With a header if the first bytes can be one. */
  static DeflateStream withOrWithoutHeader(InputStream stored) throws IOException {
    PushbackInputStream whole = new PushbackInputStream(stored, HEADER_BYTES);
    byte[] head = whole.readNBytes(HEADER_BYTES);
    whole.unread(head);
    boolean header =
        head.length == HEADER_BYTES
            && (head[0] & METHOD_MASK) == DEFLATE_METHOD
            && (((head[0] & 0xff) << Byte.SIZE) | (head[1] & 0xff)) % CHECK_DIVISOR == 0;
    return new DeflateStream(whole, !header);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      while (!ended) {
        int count = inflater.inflate(target, offset, length);
        if (count > 0 || length == 0) {
          return count;
        }
        if (inflater.needsDictionary()) {
          throw new ZipException("it needs a preset dictionary");
        }
        if (inflater.finished()) {
          end();
        } else {
          fill();
        }
      }
      return -1;
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage());
    }
  }

  private void fill() throws IOException {
    int count = stored.read(input, 0, input.length);
    if (count < 0) {
      throw new EOFException("unexpected end");
    }
    inflater.setInput(input, 0, count);
  }

  private void end() throws IOException {
    ended = true;
    if (inflater.getRemaining() > 0 || stored.read() >= 0) {
      throw new ZipException("there are bytes behind its end");
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    stored.close();
  }
}

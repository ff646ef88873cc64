package io.penstock.job.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Compressed bytes on their way to a decoder, which takes them straight from the buffer: {@code
 * bytes[position]} to {@code bytes[limit - 1]}. Used by one thread.
 */
final class StoredInput {
  /** A decoder may read so many bytes behind the limit; they are zero behind the stream's end. */
  static final int PADDING = 16;

  private static final int CAPACITY = 64 * 1024;

  private InputStream stored = InputStream.nullInputStream();
  private boolean ended;

  /** The decoder's to read. */
  final byte[] bytes = new byte[CAPACITY + PADDING];

  int position;
  int limit;

  /** What is in the buffer is forgotten. */
  void begin(InputStream next) {
    stored = next;
    position = 0;
    limit = 0;
    ended = false;
  }

  /** A word may be read from here and before, if not all of it is used. */
  int lastWord() {
    return (ended ? limit + PADDING : limit) - Long.BYTES;
  }

  int available() {
    return limit - position;
  }

  /**
   * Reads on until at least so many bytes are in the buffer; bytes move to its front.
   *
   * @return whether there are so many
   */
  boolean fill(int wanted) throws IOException {
    if (available() >= wanted) {
      return true;
    }
    System.arraycopy(bytes, position, bytes, 0, available());
    limit = available();
    position = 0;
    while (limit < wanted && !ended) {
      int read = stored.read(bytes, limit, CAPACITY - limit);
      if (read < 0) {
        ended = true;
      } else {
        limit += read;
      }
    }
    Arrays.fill(bytes, limit, Math.min(limit + PADDING, bytes.length), (byte) 0);
    return limit >= wanted;
  }

  /** The next byte, which must be there. */
  int take() throws IOException {
    if (!fill(1)) {
      throw new EOFException();
    }
    return bytes[position++] & 0xff;
  }
}

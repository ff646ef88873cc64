package io.penstock.job.s3;

import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * One version of an object, read to its end: a connection that breaks is opened again behind the
 * last byte delivered. Ends only when all bytes of the object have come.
 */
final class PinnedObjectStream extends InputStream {
  private static final int MAX_REOPENINGS_WITHOUT_A_BYTE = 4;

  private final String url;
  private final String etag;
  private final Opener opener;
  private Opened opened;
  private long position;
  private long end = -1;

  PinnedObjectStream(String url, String etag, Opener opener) throws IOException {
    this.url = url;
    this.etag = etag;
    this.opener = opener;
    open();
  }

  /** Opens the object from a byte on. */
  @FunctionalInterface
  interface Opener {
    Opened open(long offset) throws IOException;
  }

  /**
   * An answer under way.
   *
   * @param length of what follows, in bytes
   * @param abort closes the connection without reading the rest
   */
  record Opened(InputStream body, String etag, long length, Runnable abort) {}

  private void open() throws IOException {
    opened = opener.open(position);
    long itsEnd = position + opened.length();
    boolean sameLength = end < 0 || end == itsEnd;
    if (!unquoted(etag).equals(unquoted(opened.etag())) || !sameLength) {
      opened.abort().run();
      throw new ObjectStoreException(
          FailureCode.OBJECT_CHANGED,
          true,
          "cannot read " + url + ": the object is not the version that was listed",
          null);
    }
    end = itsEnd;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == end) {
      return -1;
    }
    IOException last = null;
    for (int i = 0; i <= MAX_REOPENINGS_WITHOUT_A_BYTE; i++) {
      try {
        if (last != null) {
          open();
        }
        int read = opened.body().read(target, offset, length);
        if (read > 0) {
          position += read;
          return read;
        }
        last = new IOException("the connection ended early");
      } catch (ObjectStoreException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
      opened.abort().run();
    }
    throw new ObjectStoreException(
        FailureCode.OTHER,
        false,
        "cannot read %s at byte %d: %s".formatted(url, position, last.getMessage()),
        last);
  }

  @Override
  public int available() {
    return position < end ? 1 : 0;
  }

  @Override
  public void close() throws IOException {
    if (position == end) {
      opened.body().close();
    } else {
      opened.abort().run();
    }
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }
}

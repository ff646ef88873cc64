package io.penstock.job.s3;

import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * A range of one version of an object: a connection that breaks is opened again behind the last
 * byte delivered. Ends only when all bytes of the range have come.
 */
final class PinnedObjectStream extends InputStream {
  private static final int MAX_REOPENINGS_WITHOUT_A_BYTE = 4;

  private final String url;
  private final String etag;
  private final Opener opener;
  private Opened opened;
  private final long end;
  private long position;

  PinnedObjectStream(String url, String etag, long offset, long length, Opener opener)
      throws IOException {
    this.url = url;
    this.etag = etag;
    this.opener = opener;
    this.position = offset;
    this.end = offset + length;
    open();
  }

  /** Opens the object's bytes from one to before another; the whole of an empty object. */
  @FunctionalInterface
  interface Opener {
    Opened open(long from, long to) throws IOException;
  }

  /**
   * An answer under way.
   *
   * @param length of what follows, in bytes
   * @param abort closes the connection without reading the rest
   */
  record Opened(InputStream body, String etag, long length, Runnable abort) {}

  private void open() throws IOException {
    opened = opener.open(position, end);
    if (!unquoted(etag).equals(unquoted(opened.etag())) || opened.length() != end - position) {
      opened.abort().run();
      throw new ObjectStoreException(
          FailureCode.OBJECT_CHANGED,
          true,
          "cannot read " + url + ": the object is not the version that was listed",
          null);
    }
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

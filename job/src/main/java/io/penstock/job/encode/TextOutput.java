package io.penstock.job.encode;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Where lines gather until they are a chunk. */
final class TextOutput implements Closeable {
  /** What compressors hold back on top of it is less than a file may be too large. */
  private static final int CHUNK_BYTES = 128 * 1024;

  private final TextBuffer text = new TextBuffer();
  private final OutputStream out;
  private boolean closed;

  TextOutput(OutputStream out) {
    this.out = out;
  }

  TextBuffer text() {
    return text;
  }

  /** A row is complete; true if a chunk has been written with it. */
  boolean endRow() throws IOException {
    if (text.size() < CHUNK_BYTES) {
      return false;
    }
    text.writeTo(out);
    return true;
  }

  void drain() throws IOException {
    text.writeTo(out);
  }

  void finish() throws IOException {
    text.writeTo(out);
    close();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      out.close();
    }
  }
}

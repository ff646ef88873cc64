package io.penstock.job.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what passes. */
final class CountedStream extends FilterInputStream {
  private long count;
  private long told;

  CountedStream(InputStream in) {
    super(in);
  }

  long count() {
    return count;
  }

  /** What has passed since this was last asked. */
  long sinceLastAsked() {
    long fresh = count - told;
    told = count;
    return fresh;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    count += read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    count += Math.max(read, 0);
    return read;
  }
}

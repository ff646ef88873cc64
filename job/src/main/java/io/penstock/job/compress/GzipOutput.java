package io.penstock.job.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/** Writes one gzip member, without a name or a time. Closing it ends the member and the output. */
final class GzipOutput extends OutputStream {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final OutputStream out;
  private final Deflating deflating;
  private final CRC32 sum = new CRC32();
  private long length;
  private boolean closed;

  GzipOutput(OutputStream out, Deflating deflating) throws IOException {
    this.out = out;
    this.deflating = deflating;
    out.write(HEADER, 0, HEADER.length);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    sum.update(bytes, from, count);
    length += count;
    deflating.write(bytes, from, count, out);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      deflating.finish(out);
      byte[] trailer = new byte[2 * Integer.BYTES];
      putInt(trailer, 0, (int) sum.getValue());
      putInt(trailer, Integer.BYTES, (int) length);
      out.write(trailer, 0, trailer.length);
    } finally {
      deflating.close();
      out.close();
    }
  }

  private static void putInt(byte[] target, int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      target[at + i] = (byte) (value >>> (i * Byte.SIZE));
    }
  }
}

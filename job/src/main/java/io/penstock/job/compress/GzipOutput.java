package io.penstock.job.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes one gzip member, without a name or a time. Closing it ends the member and the output. */
final class GzipOutput extends OutputStream {
  /** Half the time of the usual level, for a twentieth more bytes. */
  private static final int LEVEL = 4;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final OutputStream out;
  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 sum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long length;
  private boolean closed;

  GzipOutput(OutputStream out) throws IOException {
    this.out = out;
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
    deflater.setInput(bytes, from, count);
    while (!deflater.needsInput()) {
      deflate();
    }
  }

  private void deflate() throws IOException {
    int size = deflater.deflate(buffer, 0, buffer.length);
    out.write(buffer, 0, size);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      deflater.finish();
      while (!deflater.finished()) {
        deflate();
      }
      byte[] trailer = new byte[2 * Integer.BYTES];
      putInt(trailer, 0, (int) sum.getValue());
      putInt(trailer, Integer.BYTES, (int) length);
      out.write(trailer, 0, trailer.length);
    } finally {
      deflater.end();
      out.close();
    }
  }

  private static void putInt(byte[] target, int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      target[at + i] = (byte) (value >>> (i * Byte.SIZE));
    }
  }
}

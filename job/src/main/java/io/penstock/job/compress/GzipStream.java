package io.penstock.job.compress;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * A gzip object's content. Its buffers, up to three megabytes, are handed on to the next object:
 * making new ones for each costs more than a small object's content.
 */
final class GzipStream extends InputStream {
  private static final int MAX_IDLE = 8;
  private static final ArrayBlockingQueue<Gunzip> IDLE = new ArrayBlockingQueue<>(MAX_IDLE);

  private final InputStream stored;
  private Gunzip gunzip;

  GzipStream(InputStream stored) {
    this.stored = stored;
    Gunzip idle = IDLE.poll();
    gunzip = idle == null ? gunzip() : idle;
    gunzip.begin(stored);
  }

  private static Gunzip gunzip() {
    StoredInput in = new StoredInput();
    MemberSum sum = new MemberSum();
    return new Gunzip(in, sum, Engines.forLarge(in, sum));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (gunzip == null) {
      throw new IOException("the stream is closed");
    }
    return gunzip.read(target, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (gunzip != null) {
      Gunzip idle = gunzip;
      gunzip = null;
      idle.end();
      // More than there is room for is left to the garbage collector.
      boolean unused = IDLE.offer(idle);
    }
    stored.close();
  }
}

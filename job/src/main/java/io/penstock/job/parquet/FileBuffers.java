package io.penstock.job.parquet;

/** The buffers that one file holds, out of a pool. */
final class FileBuffers {
  private final BufferPool pool;
  private long heldBytes;

  FileBuffers(BufferPool pool) {
    this.pool = pool;
  }

  /** At least so long; its content is undefined. */
  byte[] take(int bytes) {
    byte[] buffer = pool.take(bytes);
    heldBytes += buffer.length;
    return buffer;
  }

  void give(byte[] buffer) {
    heldBytes -= buffer.length;
    pool.give(buffer);
  }

  long heldBytes() {
    return heldBytes;
  }
}

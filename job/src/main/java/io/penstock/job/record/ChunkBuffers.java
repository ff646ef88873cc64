package io.penstock.job.record;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The arrays that chunks are made in, used again as soon as one is released: what was used last is
 * still in a cache, and is not cleared first. Thread-safe.
 */
public final class ChunkBuffers {
  private static final int MAX_IDLE = 8;

  private final int size;
  private final Deque<byte[]> idle = new ArrayDeque<>();

  /**
   * @param size in bytes of the arrays that are kept; others are left to the collector
   */
  public ChunkBuffers(int size) {
    this.size = size;
  }

  /** An array of just that size; its content is undefined. */
  public synchronized byte[] take(int bytes) {
    byte[] known = bytes == size ? idle.poll() : null;
    return known != null ? known : new byte[bytes];
  }

  /**
   * @param buffer is no longer used by the caller
   */
  public synchronized void give(byte[] buffer) {
    if (buffer.length == size && idle.size() < MAX_IDLE) {
      idle.push(buffer);
    }
  }
}

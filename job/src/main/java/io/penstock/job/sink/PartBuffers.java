package io.penstock.job.sink;

import io.penstock.job.record.Spares;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Buffers of parts, used again when their part has been uploaded. Thread-safe. */
final class PartBuffers implements AutoCloseable {
  private static final Spares<PartBuffers> SPARES = new Spares<>();

  private static final long MAX_IDLE_BYTES = 32L * 1024 * 1024;

  private final Deque<Buffer> idle = new ArrayDeque<>();
  private long idleBytes;

  /** Lets its array be read without a copy. */
  static final class Buffer extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }

  private PartBuffers() {}

  /** With the idle ones of such buffers that have been closed. */
  static PartBuffers open() {
    return SPARES.take().orElseGet(PartBuffers::new);
  }

  /** An empty one. */
  synchronized Buffer take() {
    Buffer known = idle.poll();
    if (known == null) {
      return new Buffer();
    }
    idleBytes -= known.bytes().length;
    return known;
  }

  /**
   * @param buffer is no longer used by the caller
   */
  synchronized void give(Buffer buffer) {
    if (idleBytes + buffer.bytes().length <= MAX_IDLE_BYTES) {
      buffer.reset();
      idle.push(buffer);
      idleBytes += buffer.bytes().length;
    }
  }

  /** Others take them from now on; transfers that are under way may still give theirs. */
  @Override
  public void close() {
    SPARES.leave(this);
  }
}

package io.penstock.job.parquet;

import io.penstock.job.record.Spares;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Byte arrays for the open files of one thread. They are lent by size, a power of two, and used
 * again: thousands of small files follow each other without new arrays. What is not lent when the
 * thread ends serves another one.
 */
final class BufferPool implements AutoCloseable {
  private static final Spares<List<Deque<byte[]>>> SPARES = new Spares<>();

  private static final int MIN_BITS = 6;
  private static final int MAX_BITS = 20;

  /**
   * What is lent and what lies idle may take together before no more is kept: about what the open
   * files of a thread may hold, so that those of the next task find it again.
   */
  private static final long MAX_BYTES = 192L * 1024 * 1024;

  private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

  private List<Deque<byte[]>> idle = SPARES.take().orElseGet(BufferPool::nothing);
  private long idleBytes = idle.stream().flatMap(Deque::stream).mapToLong(b -> b.length).sum();
  private long lentBytes;

  private static List<Deque<byte[]>> nothing() {
    return Stream.generate(() -> (Deque<byte[]>) new ArrayDeque<byte[]>())
        .limit(MAX_BITS - MIN_BITS + 1)
        .toList();
  }

  /** At least so long; its content is undefined. */
  byte[] take(int bytes) {
    byte[] buffer = idleOrNew(bytes);
    lentBytes += buffer.length;
    return buffer;
  }

  private byte[] idleOrNew(int bytes) {
    int bits = bits(bytes);
    if (bits > MAX_BITS) {
      return new byte[bits < Integer.SIZE - 1 ? 1 << bits : MAX_ARRAY_BYTES];
    }
    byte[] known = idle.get(bits - MIN_BITS).poll();
    if (known == null) {
      return new byte[1 << bits];
    }
    idleBytes -= known.length;
    return known;
  }

  /**
   * @param buffer was taken here, and is no longer used by the caller
   */
  void give(byte[] buffer) {
    lentBytes -= buffer.length;
    int bits = bits(buffer.length);
    if (bits <= MAX_BITS && lentBytes + idleBytes + buffer.length <= MAX_BYTES) {
      idle.get(bits - MIN_BITS).push(buffer);
      idleBytes += buffer.length;
    }
  }

  long idleBytes() {
    return idleBytes;
  }

  /** What is still lent is left to the collector. */
  @Override
  public void close() {
    SPARES.leave(idle);
    idle = nothing();
    idleBytes = 0;
  }

  private static int bits(int bytes) {
    return Math.max(MIN_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(bytes - 1));
  }
}

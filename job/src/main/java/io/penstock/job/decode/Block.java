package io.penstock.job.decode;

import io.penstock.job.record.Chunk;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where chunks lie while their rows are in a batch. Large ones are left where they are; small ones
 * are put one behind another, so that the rows of many small objects fill a batch. Behind a chunk
 * are {@link Words#PADDING} bytes that may be written.
 */
final class Block {
  /** Of a chunk; copying what is smaller costs less than a batch that is almost empty. */
  private static final int SMALL_BYTES = 64 * 1024;

  private static final int GATHERED_BYTES = 256 * 1024;

  private final byte[] gathered = new byte[GATHERED_BYTES];
  private int gatheredEnd;
  private byte[] bytes = gathered;

  /** The chunk that is left where it is. */
  private Optional<Chunk> held = Optional.empty();

  byte[] bytes() {
    return bytes;
  }

  /** Whether the chunk can be put beside those that the block holds. */
  boolean hasRoom(Chunk chunk) {
    return bytes == gathered
        && chunk.length() <= SMALL_BYTES
        && gatheredEnd + chunk.length() + Words.PADDING <= gathered.length;
  }

  /** Whether nothing can be put beside what the block holds. */
  boolean isFull() {
    return bytes != gathered;
  }

  /** Forgets what it holds, and releases it. */
  void clear() {
    held.ifPresent(Chunk::release);
    held = Optional.empty();
    bytes = gathered;
    gatheredEnd = 0;
  }

  /**
   * Takes the chunk; the block must have room for it, or be clear.
   *
   * @return where the chunk begins in {@link #bytes()}
   */
  int put(Chunk chunk) {
    if (hasRoom(chunk)) {
      int from = gatheredEnd;
      System.arraycopy(chunk.bytes(), 0, gathered, from, chunk.length());
      gatheredEnd += chunk.length();
      chunk.release();
      return from;
    }
    held = Optional.of(chunk);
    boolean padded = chunk.bytes().length - chunk.length() >= Words.PADDING;
    bytes = padded ? chunk.bytes() : Arrays.copyOf(chunk.bytes(), chunk.length() + Words.PADDING);
    return 0;
  }
}

package io.penstock.job.record;

import java.io.IOException;

/**
 * A block of decompressed bytes that begins and ends at a record boundary. Owned by whoever holds
 * it, who may change the bytes and what is behind them: the source does not touch them again before
 * {@link #release}.
 *
 * @param bytes only the first {@code length} count
 * @param line of the first byte in the decompressed object, from 1
 * @param byteOffset of the first byte in the decompressed object, from 0
 * @param storedBytes stored bytes of the object that were consumed since the chunk before
 * @param buffers where the array came from
 */
public record Chunk(
    byte[] bytes, int length, long line, long byteOffset, long storedBytes, ChunkBuffers buffers)
    implements ReadEvent {
  /** Gives the bytes up: nobody may look at them any more. At most once; need not be called. */
  public void release() {
    buffers.give(bytes);
  }

  @Override
  public void deliverTo(Receiver receiver) throws IOException {
    receiver.chunk(this);
  }
}

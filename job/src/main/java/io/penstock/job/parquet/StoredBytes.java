package io.penstock.job.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Finished pages, in pieces that are never copied. */
final class StoredBytes extends OutputStream {
  private static final int MIN_PIECE = 256;
  private static final int MAX_PIECE = 128 * 1024;

  private final FileBuffers buffers;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[0];
  private int lastSize;
  private long size;

  StoredBytes(FileBuffers buffers) {
    this.buffers = buffers;
  }

  long size() {
    return size;
  }

  @Override
  public void write(int value) {
    if (lastSize == last.length) {
      nextPiece(1);
    }
    last[lastSize++] = (byte) value;
    size++;
  }

  @Override
  public void write(byte[] source, int from, int count) {
    int done = 0;
    while (done < count) {
      if (lastSize == last.length) {
        nextPiece(count - done);
      }
      int now = Math.min(count - done, last.length - lastSize);
      System.arraycopy(source, from + done, last, lastSize, now);
      lastSize += now;
      done += now;
    }
    size += count;
  }

  private void nextPiece(int wanted) {
    if (last.length > 0) {
      full.add(last);
    }
    int doubled = last.length * 2;
    last = buffers.take(Math.min(MAX_PIECE, Math.max(MIN_PIECE, Math.max(doubled, wanted))));
    lastSize = 0;
  }

  /** Writes it all, and is empty then. */
  void drainTo(OutputStream out) throws IOException {
    for (byte[] piece : full) {
      out.write(piece, 0, piece.length);
    }
    out.write(last, 0, lastSize);
    release();
  }

  private void release() {
    full.forEach(buffers::give);
    full.clear();
    if (last.length > 0) {
      buffers.give(last);
    }
    last = new byte[0];
    lastSize = 0;
    size = 0;
  }
}

package io.penstock.job.source;

import java.io.IOException;
import java.io.InputStream;

/** An object's bytes, out of the pieces that have been fetched ahead. */
final class AheadStream extends InputStream {
  private final ReadAhead ahead;
  private final int place;
  private Fetch piece;
  private byte[] bytes;
  private int position;

  AheadStream(ReadAhead ahead, int place) {
    this.ahead = ahead;
    this.place = place;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (piece == null || position == piece.length) {
      if (!nextPiece()) {
        return -1;
      }
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean nextPiece() throws IOException {
    if (piece != null) {
      Fetch read = piece;
      piece = null;
      ahead.release(read, bytes);
    }
    Fetch next = ahead.next(place);
    if (next == null) {
      return false;
    }
    bytes = next.await();
    piece = next;
    position = 0;
    return true;
  }

  @Override
  public void close() {
    piece = null;
    ahead.giveUp(place);
  }
}

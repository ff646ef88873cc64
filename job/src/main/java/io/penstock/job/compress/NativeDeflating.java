package io.penstock.job.compress;

import java.io.IOException;
import java.io.OutputStream;

/** Deflate by ISA-L, piece by piece. */
final class NativeDeflating implements Deflating {
  /** A last block of the fixed codes with nothing but its end. */
  private static final byte[] END = {3, 0};

  private final NativePieces pieces;
  private final byte[] piece = new byte[NativePieces.PIECE_BYTES];
  private int filled;

  /**
   * @param pieces shared by the streams of one thread; not closed
   */
  NativeDeflating(NativePieces pieces) {
    this.pieces = pieces;
  }

  @Override
  public void write(byte[] bytes, int from, int count, OutputStream out) throws IOException {
    int done = 0;
    while (done < count) {
      int now = Math.min(piece.length - filled, count - done);
      System.arraycopy(bytes, from + done, piece, filled, now);
      filled += now;
      done += now;
      if (filled == piece.length) {
        writePiece(out);
      }
    }
  }

  @Override
  public void finish(OutputStream out) throws IOException {
    if (filled > 0) {
      writePiece(out);
    }
    out.write(END, 0, END.length);
  }

  private void writePiece(OutputStream out) throws IOException {
    int size = pieces.compress(piece, filled);
    out.write(pieces.compressed(), 0, size);
    filled = 0;
  }

  @Override
  public void close() {
    // What it has is the garbage collector's.
  }
}

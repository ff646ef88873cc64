package io.penstock.job.compress;

import com.intel.gkl.compression.IntelDeflater;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

/**
 * Deflate by ISA-L, a fifth of the JDK's time. The binding ends the stream with every piece that it
 * is given. So each piece is compressed alone, as one last block; then it is made no last one, and
 * what fills its last byte is the beginning of an empty stored block, behind which the next piece
 * can begin. A piece that is not one block of its own codes is left to the JDK.
 */
final class NativeDeflating implements Deflating {
  private static final int PIECE = 128 * 1024;

  /** Bits of a block's beginning: the last one, of its own codes. */
  private static final int LAST_OF_OWN_CODES = 5;

  private static final int HEADER_BITS = 3;

  /** An empty stored block behind its header: no bytes, and the same inverted. */
  private static final byte[] NO_BYTES = {0, 0, -1, -1};

  /** A last block of the fixed codes with nothing but its end. */
  private static final byte[] END = {3, 0};

  private final IntelDeflater deflater = new IntelDeflater(1, true);
  private final Deflater spare = new Deflater(JavaDeflating.LEVEL, true);
  private final StoredInput in = new StoredInput();
  private final BitInput bits = new BitInput(in);
  private final DeflateCodes codes = new DeflateCodes();
  private final byte[] piece = new byte[PIECE];
  private final byte[] target = new byte[2 * PIECE];
  private int filled;

  @Override
  public void write(byte[] bytes, int from, int count, OutputStream out) throws IOException {
    int done = 0;
    while (done < count) {
      int now = Math.min(PIECE - filled, count - done);
      System.arraycopy(bytes, from + done, piece, filled, now);
      filled += now;
      done += now;
      if (filled == PIECE) {
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
    deflater.reset();
    deflater.setInput(piece, 0, filled);
    deflater.finish();
    int size = deflater.deflate(target, 0, target.length);
    int joined = deflater.finished() ? join(size) : -1;
    if (joined < 0) {
      joined = byJdk();
    }
    out.write(target, 0, joined);
    filled = 0;
  }

  private int byJdk() {
    spare.reset();
    spare.setInput(piece, 0, filled);
    return spare.deflate(target, 0, target.length, Deflater.SYNC_FLUSH);
  }

  /**
   * Makes the stream one that another can follow.
   *
   * @return its length; -1 if that cannot be done
   */
  private int join(int size) throws IOException {
    int end = endBit(size);
    if (end < 0) {
      return -1;
    }
    target[0] &= ~1;
    int length = (end + HEADER_BITS + Byte.SIZE - 1) / Byte.SIZE;
    if (length > size) {
      target[size] = 0;
    }
    System.arraycopy(NO_BYTES, 0, target, length, NO_BYTES.length);
    return length + NO_BYTES.length;
  }

  /** Where the only block's end has ended; -1 if it is not the only one, or cannot be told. */
  private int endBit(int size) throws IOException {
    in.begin(new ByteArrayInputStream(target, 0, size));
    bits.reset();
    try {
      if (size == 0 || bits.bits(HEADER_BITS) != LAST_OF_OWN_CODES) {
        return -1;
      }
      codes.read(bits);
    } catch (DataFormatException e) {
      throw new IOException("ISA-L writes what is no deflate", e);
    }
    int code = codes.endCode();
    int last = target[size - 1] & 0xff;
    if (code == 0 || last == 0) {
      return -1;
    }
    // Behind the end there are only zeros: the last one of all bits is the last one of its code.
    int lastOne = (size - 1) * Byte.SIZE + highest(last);
    int end = lastOne - highest(code) + codes.endCodeBits();
    return end <= size * Byte.SIZE ? end : -1;
  }

  private static int highest(int value) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
  }

  @Override
  public void close() {
    deflater.end();
    spare.end();
  }
}

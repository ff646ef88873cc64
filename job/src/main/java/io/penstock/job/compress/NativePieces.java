package io.penstock.job.compress;

import com.intel.gkl.compression.IntelDeflater;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

/**
 * Deflates pieces by ISA-L, a fifth of the JDK's time, so that they can be joined to one stream.
 * The binding ends the stream with every piece that it is given. So each is compressed alone, as
 * one last block; then it is made no last one, and what fills its last byte is the beginning of an
 * empty stored block, behind which the next piece can begin. A piece that is not one block of its
 * own codes is left to the JDK. Shared by the streams of one thread.
 */
final class NativePieces implements AutoCloseable {
  static final int PIECE_BYTES = 128 * 1024;

  /** Bits of a block's beginning: the last one, of its own codes. */
  private static final int LAST_OF_OWN_CODES = 5;

  private static final int HEADER_BITS = 3;

  /** An empty stored block behind its header: no bytes, and the same inverted. */
  private static final byte[] NO_BYTES = {0, 0, -1, -1};

  private final IntelDeflater deflater = new IntelDeflater(1, true);
  private final Deflater spare = new Deflater(JavaDeflating.LEVEL, true);
  private final StoredInput in = new StoredInput();
  private final BitInput bits = new BitInput(in);
  private final DeflateCodes codes = new DeflateCodes();
  private final byte[] target = new byte[2 * PIECE_BYTES];

  /** What the last piece has become; valid until the next. */
  byte[] compressed() {
    return target;
  }

  /**
   * @param piece from its beginning
   * @param length at most {@link #PIECE_BYTES}, and at least 1
   * @return how many bytes it has become
   */
  int compress(byte[] piece, int length) throws IOException {
    deflater.reset();
    deflater.setInput(piece, 0, length);
    deflater.finish();
    int size = deflater.deflate(target, 0, target.length);
    int joined = deflater.finished() ? join(size) : -1;
    return joined < 0 ? byJdk(piece, length) : joined;
  }

  private int byJdk(byte[] piece, int length) {
    spare.reset();
    spare.setInput(piece, 0, length);
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

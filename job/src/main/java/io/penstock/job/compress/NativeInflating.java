package io.penstock.job.compress;

import com.intel.gkl.compression.IntelInflater;
import java.io.IOException;
import java.util.zip.DataFormatException;

/**
 * Deflate by ISA-L, for members that are not small. The binding does not tell how much of its input
 * it has used, nor when the blocks have ended. So input goes in slices whose content always fits
 * the output, and the end is found by the trailer: it must be where decoding stops to give
 * anything, and only the true one matches the content's CRC32 and length.
 */
final class NativeInflating implements Inflating {
  /** Members of less are not worth it. */
  static final int WORTHWHILE_BYTES = 32 * 1024;

  private static final int SLICE = 2 * 1024;

  /** A bit of length and a bit of distance may stand for 258 bytes. */
  private static final int MOST_PER_BYTE = 4 * DeflateSymbols.MAX_LENGTH;

  /** ISA-L may hold a few bytes of earlier slices. */
  private static final int HELD_BACK = 16;

  private final StoredInput in;
  private final MemberSum sum;
  private byte[] output;
  private IntelInflater inflater;
  private int sliceBytes;
  private int lastSliceBytes;
  private int fedBytes;
  private int taken;
  private int filled;

  /**
   * @param sum of what {@link #inflate} has given; the caller keeps it
   */
  NativeInflating(StoredInput in, MemberSum sum) {
    this.in = in;
    this.sum = sum;
  }

  @Override
  public boolean begin() throws IOException {
    if (!in.fill(WORTHWHILE_BYTES)) {
      return false;
    }
    if (inflater == null) {
      inflater = new IntelInflater(true);
      output = new byte[(SLICE + HELD_BACK) * MOST_PER_BYTE];
    }
    inflater.reset();
    fedBytes = 0;
    sliceBytes = 0;
    taken = 0;
    filled = 0;
    try {
      return feed();
    } catch (DataFormatException e) {
      // The other decoder tells exactly what is wrong.
      return false;
    }
  }

  @Override
  public int inflate(byte[] target, int offset, int length)
      throws IOException, DataFormatException {
    while (taken == filled) {
      if (!feed()) {
        int fed = in.position + fedBytes + MemberSum.TRAILER_BYTES;
        int trailer = sum.find(in.bytes, in.position, Math.min(fed, in.limit));
        if (trailer >= 0) {
          in.position = trailer;
          return -1;
        }
        if (in.available() == fedBytes && !in.fill(fedBytes + 1)) {
          throw new DataFormatException("a member ends early or does not match its checksum");
        }
      }
    }
    int count = Math.min(length, filled - taken);
    System.arraycopy(output, taken, target, offset, count);
    taken += count;
    return count;
  }

  /** Decodes a slice more; false if it gave nothing or there is none. */
  private boolean feed() throws IOException, DataFormatException {
    // The slice before the last one may have held the end.
    int done = Math.max(0, fedBytes - sliceBytes - lastSliceBytes - HELD_BACK);
    in.position += done;
    fedBytes -= done;
    in.fill(fedBytes + SLICE + MemberSum.TRAILER_BYTES);
    lastSliceBytes = sliceBytes;
    sliceBytes = Math.min(SLICE, in.available() - fedBytes);
    taken = 0;
    filled = 0;
    if (sliceBytes == 0) {
      return false;
    }
    try {
      inflater.setInput(in.bytes, in.position + fedBytes, sliceBytes);
      filled = inflater.inflate(output, 0, output.length);
    } catch (RuntimeException e) {
      DataFormatException damaged = new DataFormatException(e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
    fedBytes += sliceBytes;
    return filled > 0;
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}

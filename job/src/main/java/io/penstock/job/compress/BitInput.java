package io.penstock.job.compress;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;

/** Compressed bytes as bits, lowest first. */
final class BitInput {
  private static final int BYTE = 8;

  final StoredInput stored;
  long bits;
  int count;

  BitInput(StoredInput stored) {
    this.stored = stored;
  }

  void reset() {
    bits = 0;
    count = 0;
  }

  int bits(int wanted) throws IOException {
    while (count < wanted) {
      bits |= (long) stored.take() << count;
      count += BYTE;
    }
    int value = (int) bits & ((1 << wanted) - 1);
    bits >>>= wanted;
    count -= wanted;
    return value;
  }

  /** The next symbol of a code without a second part. */
  int symbol(int[] entries, int rootBits) throws IOException, DataFormatException {
    while (true) {
      int entry = entries[(int) bits & ((1 << rootBits) - 1)];
      int drop = entry & HuffmanTable.DROP_MASK;
      if (drop > 0 && drop <= count) {
        bits >>>= drop;
        count -= drop;
        return (entry >>> HuffmanTable.VALUE_SHIFT) & HuffmanTable.VALUE_MASK;
      }
      if (count >= rootBits) {
        throw new DataFormatException("a code stands for nothing");
      }
      bits |= (long) stored.take() << count;
      count += BYTE;
    }
  }

  /** The rest of a byte is dropped, whole bytes are given back. */
  void giveBack() {
    stored.position -= count / BYTE;
    reset();
  }

  /** Gives whole bytes back, and keeps the rest of a byte. */
  private void keepPart() {
    stored.position -= count / BYTE;
    count %= BYTE;
    bits &= (1L << count) - 1;
  }

  void more() throws IOException {
    keepPart();
    if (!stored.fill(StoredInput.PADDING + 1) && stored.available() == 0) {
      throw new EOFException();
    }
  }

  /** Bits behind the end have been used: what came of them is nothing. */
  void check() throws IOException {
    keepPart();
    if (stored.position > stored.limit) {
      throw new EOFException();
    }
  }

  int copy(byte[] target, int offset, int length) throws IOException {
    if (length > 0 && !stored.fill(1)) {
      throw new EOFException();
    }
    int copied = Math.min(length, stored.available());
    System.arraycopy(stored.bytes, stored.position, target, offset, copied);
    stored.position += copied;
    return copied;
  }
}

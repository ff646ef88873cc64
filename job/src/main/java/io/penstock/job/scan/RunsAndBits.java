package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;

/**
 * Decodes what Parquet calls the hybrid of run lengths and packed bits: levels, and places in a
 * dictionary. Of one thread.
 */
final class RunsAndBits {
  private static final int MAX_WIDTH = 32;
  private static final int PACKED_TOGETHER = 8;

  private final byte[] bytes;
  private final int end;
  private final int width;
  private final long mask;
  private int at;
  private int left;
  private boolean packed;
  private int repeated;
  private long bitAt;

  /**
   * @param width of a value in bits
   */
  RunsAndBits(byte[] bytes, int from, int end, int width) throws UnreadableException {
    if (width < 0 || width > MAX_WIDTH || from < 0 || end > bytes.length || from > end) {
      throw damaged();
    }
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.width = width;
    this.mask = (1L << width) - 1;
  }

  private static UnreadableException damaged() {
    return new UnreadableException("the runs of a page are damaged", null);
  }

  void read(int[] target, int count) throws UnreadableException {
    int done = 0;
    while (done < count) {
      if (left == 0) {
        nextRun();
      }
      int now = Math.min(left, count - done);
      if (packed) {
        unpack(target, done, now);
      } else {
        java.util.Arrays.fill(target, done, done + now, repeated);
      }
      left -= now;
      done += now;
    }
  }

  private void nextRun() throws UnreadableException {
    if (packed) {
      at = (int) ((bitAt + Byte.SIZE - 1) / Byte.SIZE);
    }
    int header = header();
    packed = (header & 1) == 1;
    if (packed) {
      long values = (long) (header >>> 1) * PACKED_TOGETHER;
      bitAt = (long) at * Byte.SIZE;
      // The last group may be cut short where nothing is needed of it.
      long there = width == 0 ? values : (long) (end - at) * Byte.SIZE / width;
      left = (int) Math.min(values, Math.min(there, Integer.MAX_VALUE));
    } else {
      left = header >>> 1;
      repeated = 0;
      for (int i = 0; i * Byte.SIZE < width; i++) {
        repeated |= next() << (i * Byte.SIZE);
      }
    }
    if (left <= 0) {
      throw damaged();
    }
  }

  private int header() throws UnreadableException {
    int header = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int next = next();
      header |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return header;
      }
    }
    throw damaged();
  }

  private int next() throws UnreadableException {
    if (at >= end) {
      throw damaged();
    }
    return bytes[at++] & 0xFF;
  }

  private void unpack(int[] target, int from, int count) {
    for (int i = from; i < from + count; i++) {
      int first = (int) (bitAt >>> 3);
      int shift = (int) (bitAt & 7);
      long word =
          first + Long.BYTES <= bytes.length ? LittleEndian.longAt(bytes, first) : tail(first);
      target[i] = (int) ((word >>> shift) & mask);
      bitAt += width;
    }
  }

  private long tail(int first) {
    long word = 0;
    for (int i = first; i < bytes.length; i++) {
      word |= (bytes[i] & 0xFFL) << ((i - first) * Byte.SIZE);
    }
    return word;
  }
}

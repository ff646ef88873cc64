package io.penstock.job.compress;

import java.util.zip.CRC32;

/** CRC32 and length of a gzip member's content, as its trailer repeats them. */
final class MemberSum {
  static final int TRAILER_BYTES = 8;

  private final CRC32 crc = new CRC32();
  private long size;

  void reset() {
    crc.reset();
    size = 0;
  }

  void update(byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
    size += length;
  }

  boolean isTrailerAt(byte[] bytes, int at) {
    return crcMatches(bytes, at) && sizeMatches(bytes, at);
  }

  boolean crcMatches(byte[] bytes, int at) {
    return intAt(bytes, at) == (int) crc.getValue();
  }

  boolean sizeMatches(byte[] bytes, int at) {
    return intAt(bytes, at + Integer.BYTES) == (int) size;
  }

  /** Where the trailer first stands in this range; negative if nowhere. */
  int find(byte[] bytes, int from, int to) {
    int wanted = (int) crc.getValue();
    byte first = (byte) wanted;
    for (int at = from; at <= to - TRAILER_BYTES; at++) {
      if (bytes[at] == first && intAt(bytes, at) == wanted && sizeMatches(bytes, at)) {
        return at;
      }
    }
    return -1;
  }

  private static int intAt(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }
}

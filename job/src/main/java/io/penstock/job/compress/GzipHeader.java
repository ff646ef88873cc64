package io.penstock.job.compress;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** Reads over a gzip member's header (RFC 1952, 2.3); nothing in it matters to the content. */
final class GzipHeader {
  static final int FIRST = 0x1f;
  static final int SECOND = 0x8b;
  private static final int DEFLATE = 8;
  private static final int TIME_AND_SYSTEM_BYTES = 6;

  private static final int CHECKED = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int UNKNOWN = 0xe0;

  private final StoredInput in;
  private final CRC32 crc = new CRC32();

  private GzipHeader(StoredInput in) {
    this.in = in;
  }

  /**
   * Leaves the input behind the header.
   *
   * @throws java.io.EOFException if the input ends before
   * @throws ZipException if it is none
   */
  static void skip(StoredInput in) throws IOException {
    new GzipHeader(in).skip();
  }

  private void skip() throws IOException {
    if (take() != FIRST || take() != SECOND) {
      throw new ZipException("what follows is no gzip member");
    }
    if (take() != DEFLATE) {
      throw new ZipException("a member is of an unknown method");
    }
    int flags = take();
    if ((flags & UNKNOWN) != 0) {
      throw new ZipException("a member's header has unknown flags");
    }
    for (int i = 0; i < TIME_AND_SYSTEM_BYTES; i++) {
      take();
    }
    if ((flags & EXTRA) != 0) {
      for (int left = take() | take() << 8; left > 0; left--) {
        take();
      }
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & CHECKED) != 0) {
      int expected = (int) crc.getValue() & 0xffff;
      if ((take() | take() << 8) != expected) {
        throw new ZipException("a member's header does not match its checksum");
      }
    }
  }

  private void skipText() throws IOException {
    while (take() != 0) {
      // Ends with a zero.
    }
  }

  private int take() throws IOException {
    int next = in.take();
    crc.update(next);
    return next;
  }
}

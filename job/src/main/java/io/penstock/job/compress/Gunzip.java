package io.penstock.job.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;

/**
 * Undoes gzip: one member after another, each checked by length and CRC32; zeros may follow the
 * last one, nothing else. Its buffers serve one object after another. Used by one thread.
 */
final class Gunzip {
  private static final int TRAILER_BYTES = 8;

  private final StoredInput in = new StoredInput();
  private final Inflating inflating = new JavaInflating(in);
  private final CRC32 crc = new CRC32();
  private long size;
  private boolean inMember;
  private boolean ended;

  /** What was read before is forgotten. */
  void begin(InputStream stored) {
    in.begin(stored);
    inMember = false;
    ended = false;
  }

  /** Nothing is held of the object any more. */
  void end() {
    begin(InputStream.nullInputStream());
  }

  /** As {@link InputStream#read(byte[], int, int)}. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember) {
        GzipHeader.skip(in);
        crc.reset();
        size = 0;
        inflating.reset();
        inMember = true;
      }
      int read = inflate(target, offset, length);
      if (read > 0) {
        crc.update(target, offset, read);
        size += read;
        return read;
      }
      endMember();
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      return inflating.inflate(target, offset, length);
    } catch (DataFormatException e) {
      ZipException damaged = new ZipException(e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  private void endMember() throws IOException {
    if (!in.fill(TRAILER_BYTES)) {
      throw new EOFException();
    }
    if (takeInt() != (int) crc.getValue()) {
      throw new ZipException("a member does not match its checksum");
    }
    if (takeInt() != (int) size) {
      throw new ZipException("a member does not match its length");
    }
    inMember = false;
    ended = !in.fill(1) || onlyZerosFollow();
  }

  private boolean onlyZerosFollow() throws IOException {
    if (in.bytes[in.position] != 0) {
      return false;
    }
    while (in.fill(1)) {
      if (in.take() != 0) {
        throw new ZipException("what follows is no gzip member");
      }
    }
    return true;
  }

  private int takeInt() throws IOException {
    return in.take() | in.take() << 8 | in.take() << 16 | in.take() << 24;
  }
}

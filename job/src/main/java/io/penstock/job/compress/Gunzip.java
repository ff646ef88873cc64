package io.penstock.job.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;

/**
 * Undoes gzip: one member after another, each checked by length and CRC32; zeros may follow the
 * last one, nothing else. Its buffers serve one object after another. Used by one thread.
 */
final class Gunzip {
  private final StoredInput in;
  private final MemberSum sum;
  private final Inflating java;
  private final Optional<Inflating> forLarge;
  private Inflating inflating;
  private boolean inMember;
  private boolean ended;

  /**
   * @param sum shared with the engine
   * @param forLarge is asked first
   */
  Gunzip(StoredInput in, MemberSum sum, Optional<Inflating> forLarge) {
    this.in = in;
    this.sum = sum;
    this.java = new JavaInflating(in);
    this.forLarge = forLarge;
    this.inflating = java;
  }

  /** What was read before is forgotten. */
  void begin(InputStream stored) {
    in.begin(stored);
    inMember = false;
    ended = false;
  }

  /** Nothing is held of the object any more. */
  void end() {
    begin(InputStream.nullInputStream());
    forLarge.ifPresent(Inflating::close);
  }

  /** As {@link InputStream#read(byte[], int, int)}. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember) {
        beginMember();
      }
      int read = inflate(target, offset, length);
      if (read > 0) {
        sum.update(target, offset, read);
        return read;
      }
      endMember();
    }
    return -1;
  }

  private void beginMember() throws IOException {
    GzipHeader.skip(in);
    sum.reset();
    inflating = java;
    if (forLarge.isPresent() && forLarge.get().begin()) {
      inflating = forLarge.get();
    } else {
      java.begin();
    }
    inMember = true;
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
    if (!in.fill(MemberSum.TRAILER_BYTES)) {
      throw new EOFException();
    }
    if (!sum.crcMatches(in.bytes, in.position)) {
      throw new ZipException("a member does not match its checksum");
    }
    if (!sum.sizeMatches(in.bytes, in.position)) {
      throw new ZipException("a member does not match its length");
    }
    in.position += MemberSum.TRAILER_BYTES;
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
}

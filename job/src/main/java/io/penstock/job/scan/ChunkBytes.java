package io.penstock.job.scan;

import java.io.IOException;

/**
 * The bytes of one column in a row group, from front to back: all of them at once, or piece by
 * piece where they would take too much memory. Arrays are never written to again.
 */
public final class ChunkBytes {
  private static final byte[] NONE = {};
  private static final int PIECE = 2 * 1024 * 1024;

  private final ObjectBytes file;
  private final long end;
  private long fetched;
  private byte[] bytes;
  private int at;
  private int to;

  private ChunkBytes(ObjectBytes file, long fetched, long end, byte[] bytes, int at, int to) {
    this.file = file;
    this.fetched = fetched;
    this.end = end;
    this.bytes = bytes;
    this.at = at;
    this.to = to;
  }

  /** Bytes that are here. */
  public static ChunkBytes of(RowGroupBytes.Slice slice) {
    return new ChunkBytes(null, 0, 0, slice.bytes(), slice.from(), slice.to());
  }

  /** Bytes that are fetched when they are needed. */
  public static ChunkBytes of(ObjectBytes file, RowGroupBytes.Range range) {
    return new ChunkBytes(file, range.from(), range.to(), NONE, 0, 0);
  }

  /** What {@link #at} points into; another array after {@link #need}. */
  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  /** How many bytes can be looked at. */
  int here() {
    return to - at;
  }

  /** How many bytes are left. */
  long left() {
    return here() + end - fetched;
  }

  void skip(int count) {
    at += count;
  }

  /** Sees to it that so many bytes are here, or all that are left. */
  void need(int count) throws IOException {
    int missing = (int) Math.min(count - (long) here(), end - fetched);
    if (missing <= 0) {
      return;
    }
    int more = (int) Math.min(Math.max(missing, PIECE), end - fetched);
    byte[] next = file.read(fetched, more);
    byte[] both = new byte[here() + more];
    System.arraycopy(bytes, at, both, 0, here());
    System.arraycopy(next, 0, both, here(), more);
    fetched += more;
    to = both.length;
    at = 0;
    bytes = both;
  }
}

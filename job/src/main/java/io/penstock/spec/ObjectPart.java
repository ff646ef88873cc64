package io.penstock.spec;

/**
 * A part of an object whose format can be divided: what begins in it is read, also where it ends
 * behind it.
 *
 * @param from the first byte
 * @param to behind the last one
 */
public record ObjectPart(long from, long to) {
  public ObjectPart {
    Check.that(from >= 0, "from must not be negative but was %d", from);
    Check.that(to > from, "to must be beyond from, %d, but was %d", from, to);
  }

  /** Whether what begins at this byte is read with the part. */
  public boolean contains(long at) {
    return at >= from && at < to;
  }
}

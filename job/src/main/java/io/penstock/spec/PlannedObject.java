package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/**
 * An input object as it was listed; it is read as exactly this version or not at all.
 *
 * @param etag as S3 gave it, with its quotes if it had them
 * @param size stored bytes
 * @param part absent if the whole object is read
 */
public record PlannedObject(String key, String etag, long size, Optional<ObjectPart> part) {
  public PlannedObject {
    Check.that(key != null && !key.isEmpty(), "key must not be empty");
    Check.that(etag != null, "etag of %s must be given", key);
    Check.that(size >= 0, "size of %s must not be negative but was %d", key, size);
    Check.that(
        part.isEmpty() || part.get().to() <= size,
        "part of %s must be within its %d bytes",
        key,
        size);
  }

  /** The whole of an object. */
  public PlannedObject(String key, String etag, long size) {
    this(key, etag, size, Optional.empty());
  }

  /** A part of the same object. */
  public PlannedObject of(long from, long to) {
    return new PlannedObject(key, etag, size, Optional.of(new ObjectPart(from, to)));
  }

  /** Of what is read of it, in bytes: those of all its parts are the object's size. */
  @JsonIgnore
  public long storedBytes() {
    return part.map(one -> one.to() - one.from()).orElse(size);
  }

  /** Whether it is the object, or of its parts the first: one of them stands for the object. */
  @JsonIgnore
  public boolean first() {
    return part.isEmpty() || part.get().from() == 0;
  }

  /** Whether what begins at this byte is read. */
  public boolean contains(long at) {
    return part.isEmpty() || part.get().contains(at);
  }
}

package io.penstock.spec;

/**
 * An input object as it was listed; it is read as exactly this version or not at all.
 *
 * @param etag as S3 gave it, with its quotes if it had them
 * @param size stored bytes
 */
public record PlannedObject(String key, String etag, long size) {
  public PlannedObject {
    Check.that(key != null && !key.isEmpty(), "key must not be empty");
    Check.that(etag != null, "etag of %s must be given", key);
    Check.that(size >= 0, "size of %s must not be negative but was %d", key, size);
  }
}

package io.penstock.spec;

import java.util.Optional;

/**
 * What a job reads.
 *
 * @param urlScheme how objects are called towards the user: {@code s3} gives {@code
 *     s3://bucket/key}
 * @param regexFilter RE2, searched in the object's full URL; empty keeps all
 * @param maxObjects the first so many objects in key order are kept, after the filter; 0 keeps all
 * @param inputAggregation objects are bundled in key order into tasks of at most so many stored
 *     bytes; a bigger object is a task alone; 0 makes each object a task
 * @param maxDecodedRatio how many bytes a stored byte of an object may become when its compression
 *     is undone; past it the object is unreadable; absent for no bound
 */
public record SourceSpec(
    S3Access access,
    String urlScheme,
    String bucket,
    ObjectSelection selection,
    String regexFilter,
    long maxObjects,
    long inputAggregation,
    Optional<Integer> maxDecodedRatio) {
  /** Objects may become so large whatever the ratio: small ones compress beyond all measure. */
  private static final long ALWAYS_ALLOWED_BYTES = 64L * 1024 * 1024;

  public SourceSpec {
    Check.that(access != null, "access must be given");
    Check.that(urlScheme != null && !urlScheme.isEmpty(), "urlScheme must not be empty");
    Check.that(bucket != null && !bucket.isEmpty(), "bucket must not be empty");
    Check.that(selection != null, "selection must be given");
    Check.that(regexFilter != null, "regexFilter must be given");
    Check.that(maxObjects >= 0, "maxObjects must not be negative but was %d", maxObjects);
    Check.that(
        inputAggregation >= 0,
        "inputAggregation must not be negative but was %d",
        inputAggregation);
    Check.that(
        maxDecodedRatio.isEmpty() || maxDecodedRatio.get() > 0,
        "maxDecodedRatio must be positive but was %s",
        maxDecodedRatio);
  }

  /** Without a bound on what objects may become. */
  public SourceSpec(
      S3Access access,
      String urlScheme,
      String bucket,
      ObjectSelection selection,
      String regexFilter,
      long maxObjects,
      long inputAggregation) {
    this(
        access,
        urlScheme,
        bucket,
        selection,
        regexFilter,
        maxObjects,
        inputAggregation,
        Optional.empty());
  }

  /**
   * @param stored bytes of an object
   * @return the most bytes that it may become
   */
  public long maxDecodedBytes(long stored) {
    if (maxDecodedRatio.isEmpty() || stored > Long.MAX_VALUE / maxDecodedRatio.get()) {
      return Long.MAX_VALUE;
    }
    return Math.max(ALWAYS_ALLOWED_BYTES, stored * maxDecodedRatio.get());
  }

  /** The object's full URL, as filters, rejects and errors show it. */
  public String url(String key) {
    return urlScheme + "://" + bucket + "/" + key;
  }
}

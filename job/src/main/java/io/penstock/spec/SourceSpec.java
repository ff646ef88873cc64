package io.penstock.spec;

/**
 * What a job reads.
 *
 * @param urlScheme how objects are called towards the user: {@code s3} gives {@code
 *     s3://bucket/key}
 * @param regexFilter RE2, searched in the object's full URL; empty keeps all
 * @param maxObjects the first so many objects in key order are kept, after the filter; 0 keeps all
 * @param inputAggregation objects are bundled in key order into tasks of at most so many stored
 *     bytes; a bigger object is a task alone; 0 makes each object a task
 */
public record SourceSpec(
    S3Access access,
    String urlScheme,
    String bucket,
    ObjectSelection selection,
    String regexFilter,
    long maxObjects,
    long inputAggregation) {
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
  }

  /** The object's full URL, as filters, rejects and errors show it. */
  public String url(String key) {
    return urlScheme + "://" + bucket + "/" + key;
  }
}

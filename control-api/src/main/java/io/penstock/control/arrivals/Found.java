package io.penstock.control.arrivals;

import io.penstock.spec.PlannedObject;
import java.time.Instant;

/**
 * An object that a feed tells of.
 *
 * @param etag without quotes, which not every feed gives
 * @param size stored bytes
 * @param changedAt as S3 says
 */
public record Found(String bucket, String key, String etag, long size, Instant changedAt) {
  public Found {
    etag = etag.replace("\"", "");
  }

  /** As patterns, rejects and errors show it. */
  public String url() {
    return "s3://" + bucket + "/" + key;
  }

  PlannedObject planned() {
    return new PlannedObject(key, '"' + etag + '"', size);
  }
}

package io.penstock.spec.export;

import io.penstock.spec.Check;

/** A multipart upload that an attempt has begun in the destination's bucket. */
public record BegunUpload(String key, String uploadId) {
  public BegunUpload {
    Check.that(key != null && !key.isEmpty(), "key must not be empty");
    Check.that(uploadId != null && !uploadId.isEmpty(), "uploadId must not be empty");
  }
}

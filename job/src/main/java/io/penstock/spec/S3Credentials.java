package io.penstock.spec;

import java.util.Optional;

/** An access key and its secret. */
public record S3Credentials(
    String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
  public S3Credentials {
    Check.that(accessKeyId != null && !accessKeyId.isEmpty(), "accessKeyId must not be empty");
    Check.that(
        secretAccessKey != null && !secretAccessKey.isEmpty(), "secretAccessKey must not be empty");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "S3Credentials[accessKeyId=" + accessKeyId + "]";
  }
}

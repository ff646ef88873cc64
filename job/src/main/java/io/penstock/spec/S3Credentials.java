package io.penstock.spec;

import java.util.Optional;

/**
 * An access key and its secret, and the role to assume with them.
 *
 * @param accessKeyId empty, like its secret, if the process's own credentials assume the role
 * @param roleArn absent if the keys are used as they are
 */
public record S3Credentials(
    String accessKeyId,
    String secretAccessKey,
    Optional<String> sessionToken,
    Optional<String> roleArn) {
  public S3Credentials {
    boolean ownKeys = roleArn.isPresent() && "".equals(accessKeyId) && "".equals(secretAccessKey);
    Check.that(
        ownKeys || (accessKeyId != null && !accessKeyId.isEmpty()),
        "accessKeyId must not be empty");
    Check.that(
        ownKeys || (secretAccessKey != null && !secretAccessKey.isEmpty()),
        "secretAccessKey must not be empty");
  }

  /** Used as they are. */
  public S3Credentials(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
    this(accessKeyId, secretAccessKey, sessionToken, Optional.empty());
  }

  /** Whether there are no keys but the process's own. */
  public boolean ofProcess() {
    return accessKeyId.isEmpty();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "S3Credentials[accessKeyId=" + accessKeyId + ", roleArn=" + roleArn + "]";
  }
}

package io.penstock.control.export;

import java.util.Optional;

/** The keys that a destination brings itself; one of them may be missing. */
public record InlineKeys(Optional<String> accessKeyId, Optional<String> secretAccessKey) {
  public static final InlineKeys NONE = new InlineKeys(Optional.empty(), Optional.empty());

  public InlineKeys withId(Optional<String> id) {
    return new InlineKeys(id, secretAccessKey);
  }

  public InlineKeys withSecret(Optional<String> secret) {
    return new InlineKeys(accessKeyId, secret);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "InlineKeys[accessKeyId=" + accessKeyId.orElse("") + "]";
  }
}

package io.penstock.control.export;

import io.penstock.spec.SealedSecret;
import java.util.Optional;

/**
 * Where an export writes to.
 *
 * @param integration its number; absent if the keys are the destination's own
 * @param config bucket, prefix, format and so on, a JSON object without secrets
 * @param secret the destination's own keys
 */
public record Destination(
    Type type, Optional<Integer> integration, String config, Optional<SealedSecret> secret) {

  /** Who knows keys and endpoint. */
  public enum Type {
    /** The destination itself. */
    INLINE,
    /** An integration with AWS. */
    AWS,
    /** An integration with a service that speaks S3. */
    COMPATIBLE
  }
}

package io.penstock.spec;

import java.util.Optional;

/**
 * How S3 encrypts an object that it stores.
 *
 * @param algorithm as S3 calls it: {@code AES256} or {@code aws:kms}
 * @param kmsKeyId of {@code aws:kms}; absent for the service's own key
 */
public record Encryption(String algorithm, Optional<String> kmsKeyId) {
  private static final String BY_KMS = "aws:kms";

  public Encryption {
    Check.that(
        algorithm.equals("AES256") || algorithm.equals(BY_KMS),
        "algorithm must be AES256 or aws:kms but was %s",
        algorithm);
    Check.that(
        kmsKeyId.isEmpty() || algorithm.equals(BY_KMS),
        "kmsKeyId must be absent for %s",
        algorithm);
  }
}

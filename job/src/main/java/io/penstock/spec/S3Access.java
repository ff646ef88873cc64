package io.penstock.spec;

import java.util.Optional;

/**
 * How an S3 service is reached.
 *
 * @param endpoint base URL; absent for AWS itself
 * @param credentials sealed {@link S3Credentials}; absent for the process's own default credentials
 */
public record S3Access(
    Optional<String> endpoint,
    String region,
    boolean pathStyle,
    Optional<SealedSecret> credentials) {
  public S3Access {
    Check.that(region != null && !region.isEmpty(), "region must not be empty");
  }
}

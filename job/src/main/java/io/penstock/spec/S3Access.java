package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * How an S3 service is reached.
 *
 * @param endpoint base URL; absent for AWS itself
 * @param credentials sealed {@link S3Credentials}; absent for the process's own default credentials
 * @param publicOnly whether no address is connected to but {@link PublicAddresses}, whatever the
 *     endpoint's host resolves to by then
 */
public record S3Access(
    Optional<String> endpoint,
    String region,
    boolean pathStyle,
    Optional<SealedSecret> credentials,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean publicOnly) {
  public S3Access {
    Check.that(region != null && !region.isEmpty(), "region must not be empty");
  }

  /** One at any address. */
  public S3Access(
      Optional<String> endpoint,
      String region,
      boolean pathStyle,
      Optional<SealedSecret> credentials) {
    this(endpoint, region, pathStyle, credentials, false);
  }
}

package io.penstock.control.dialect.hydrolix;

import java.util.Set;

/**
 * What the operator lets jobs read.
 *
 * @param endpoints that sources may name, without trailing slashes
 * @param buckets that sources may be in; empty for any
 */
public record AllowedSources(Set<String> endpoints, Set<String> buckets) {
  public AllowedSources {
    endpoints = Set.copyOf(endpoints);
    buckets = Set.copyOf(buckets);
  }

  public boolean allowsEndpoint(String endpoint) {
    return endpoints.contains(
        endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint);
  }

  public boolean allowsBucket(String bucket) {
    return buckets.isEmpty() || buckets.contains(bucket);
  }
}

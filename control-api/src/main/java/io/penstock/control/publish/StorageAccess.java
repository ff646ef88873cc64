package io.penstock.control.publish;

import java.net.URI;
import java.util.Optional;

/**
 * Where tables and job folders are.
 *
 * @param endpoint absent for AWS itself
 * @param prefix of all keys; empty, or ending in {@code /}
 */
public record StorageAccess(
    Optional<URI> endpoint,
    String region,
    boolean pathStyle,
    String bucket,
    String prefix,
    String accessKeyId,
    String secretAccessKey) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "StorageAccess[s3://" + bucket + "/" + prefix + "]";
  }

  /** Key prefix of all job folders. */
  public String jobsPrefix() {
    return prefix + "system/jobs/";
  }

  /** Key prefix of all tables. */
  public String tablesPrefix() {
    return prefix + "tables/";
  }
}

package io.penstock.control.catalog;

import io.penstock.spec.S3Access;
import java.util.Optional;

/** Tries whether a bucket can be read. Thread-safe. */
public interface BucketProbe {
  /**
   * Lists one key and reads its first byte; takes at most ten seconds.
   *
   * @param access without credentials for the server's own
   * @return what is wrong, in a sentence; empty if nothing is
   */
  Optional<String> trouble(S3Access access, String bucket, String prefix);
}

package io.penstock.job.s3;

import io.penstock.spec.S3Access;
import java.io.Serializable;

/** Opens stores; what operators carry to their subtasks instead of an open client. */
@FunctionalInterface
public interface ObjectStores extends Serializable {
  /** The caller closes the store. */
  ObjectStore open(S3Access access);

  /**
   * The same, for callers that try again themselves.
   *
   * @param tries of a request, after which its trouble is told
   */
  default ObjectStore open(S3Access access, int tries) {
    return open(access);
  }
}

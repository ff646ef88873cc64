package io.penstock.job.s3;

import io.penstock.spec.S3Access;
import java.io.Serializable;

/** Opens stores; what operators carry to their subtasks instead of an open client. */
@FunctionalInterface
public interface ObjectStores extends Serializable {
  /** The caller closes the store. */
  ObjectStore open(S3Access access);
}

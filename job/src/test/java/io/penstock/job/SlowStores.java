package io.penstock.job;

import io.penstock.job.s3.ForwardingStore;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.spec.S3Access;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** S3 that takes its time before each object's first byte, so that a job has a middle. */
record SlowStores(Duration perRead) implements ObjectStores {
  @Override
  public ObjectStore open(S3Access access) {
    return new ForwardingStore(new S3ObjectStores().open(access)) {
      @Override
      public InputStream read(String bucket, String key, String etag, long offset, long length)
          throws IOException {
        LockSupport.parkNanos(perRead.toNanos());
        return super.read(bucket, key, etag, offset, length);
      }
    };
  }
}

package io.penstock.job;

import io.penstock.job.s3.ForwardingStore;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.spec.S3Access;
import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** S3 with trouble that passes: every so many calls end in an error, until there were enough. */
record StumblingStores(int everyCalls) implements ObjectStores {
  private static final int ENOUGH = 12;
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final AtomicInteger STUMBLES = new AtomicInteger();

  static int stumbles() {
    return STUMBLES.get();
  }

  @Override
  public ObjectStore open(S3Access access) {
    return new ForwardingStore(new S3ObjectStores().open(access)) {
      @Override
      public InputStream read(String bucket, String key, String etag, long offset, long length)
          throws IOException {
        stumble(key);
        return super.read(bucket, key, etag, offset, length);
      }

      @Override
      public UploadedPart uploadPart(
          String bucket, String key, String uploadId, int number, byte[] bytes, int length)
          throws IOException {
        stumble(key);
        return super.uploadPart(bucket, key, uploadId, number, bytes, length);
      }
    };
  }

  private void stumble(String key) throws IOException {
    if (CALLS.incrementAndGet() % everyCalls == 0 && STUMBLES.incrementAndGet() <= ENOUGH) {
      throw new ObjectStoreException(
          FailureCode.OTHER, false, key + ": the service asks to slow down", null);
    }
  }
}

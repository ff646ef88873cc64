package io.penstock.job.sink;

import io.penstock.spec.PartitionFile;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A partition that no row is added to any more, on its way to S3. Holds nothing of what encoded it:
 * a task may have thousands.
 */
final class SealedPartition {
  private final UploadStream stream;
  private final CompletableFuture<Uploaded> uploaded;

  SealedPartition(UploadStream stream, CompletableFuture<Uploaded> uploaded) {
    this.stream = stream;
    this.uploaded = uploaded;
  }

  /** Waits for the upload. */
  Uploaded await() throws IOException {
    return Uploads.await(uploaded);
  }

  void abort() throws IOException {
    stream.abort();
  }

  /** A partition that is complete and uploaded, but invisible. */
  record Uploaded(PartitionFile partition, Upload upload) {}
}

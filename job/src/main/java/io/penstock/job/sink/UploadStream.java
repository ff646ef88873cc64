package io.penstock.job.sink;

import io.penstock.job.s3.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Uploads what is written to it in parts, on other threads, one part of it after another. Begins
 * the upload with the first part. Written by one thread.
 */
public final class UploadStream extends OutputStream {
  private static final int PART_BYTES = 8 * 1024 * 1024;

  /** Behind so many parts they grow: an upload has 10,000 at most. */
  private static final int PARTS_OF_A_SIZE = 1_000;

  private final Optional<ObjectStore> store;
  private final Uploads uploads;
  private final String bucket;
  private final String key;
  private final MessageDigest digest;

  /** The part that is being filled, if anything has been written to it. */
  private Optional<PartBuffers.Buffer> open = Optional.empty();

  private long length;
  private int partsHandedOver;

  /** When all parts that were handed over have been uploaded. */
  private CompletableFuture<Void> uploaded = CompletableFuture.completedFuture(null);

  // Of the transfers, of which each follows the one before.
  private final List<ObjectStore.UploadedPart> parts = new ArrayList<>();
  private String uploadId = "";

  /**
   * @param store absent to count and hash only
   */
  public UploadStream(Optional<ObjectStore> store, Uploads uploads, String bucket, String key) {
    this.store = store;
    this.uploads = uploads;
    this.bucket = bucket;
    this.key = key;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    digest.update(bytes, offset, count);
    length += count;
    if (store.isPresent()) {
      PartBuffers.Buffer part = part();
      part.write(bytes, offset, count);
      if (part.size() >= PART_BYTES * (1 + partsHandedOver / PARTS_OF_A_SIZE)) {
        handOver();
      }
    }
  }

  private PartBuffers.Buffer part() {
    if (open.isEmpty()) {
      open = Optional.of(uploads.buffers().take());
    }
    return open.get();
  }

  private void handOver() throws IOException {
    ObjectStore target = store.orElseThrow();
    PartBuffers.Buffer part = part();
    open = Optional.empty();
    int number = ++partsHandedOver;
    uploaded = uploads.after(uploaded, part.size(), () -> upload(target, number, part));
  }

  private void upload(ObjectStore target, int number, PartBuffers.Buffer part) throws IOException {
    if (uploadId.isEmpty()) {
      uploadId = target.beginUpload(bucket, key);
    }
    parts.add(target.uploadPart(bucket, key, uploadId, number, part.bytes(), part.size()));
    uploads.buffers().give(part);
  }

  /** Throws what a part met that was handed over, if that is known by now. */
  public void failIfFailed() throws IOException {
    if (uploaded.isCompletedExceptionally()) {
      Uploads.await(uploaded);
    }
  }

  /** Uploads the rest; nothing is written after it. The object stays invisible. */
  public CompletableFuture<Upload> finish() throws IOException {
    if (store.isPresent() && (open.isPresent() || partsHandedOver == 0)) {
      handOver();
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return uploaded.thenApply(done -> new Upload(key, uploadId, parts, length, sha256));
  }

  /** Waits for what is under way and gives it up. */
  public void abort() throws IOException {
    uploaded.handle((done, failure) -> failure).join();
    if (!uploadId.isEmpty()) {
      store.orElseThrow().abortUpload(bucket, key, uploadId);
    }
  }
}

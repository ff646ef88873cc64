package io.penstock.job.sink;

import io.penstock.job.s3.ObjectStore;
import java.io.ByteArrayOutputStream;
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
final class UploadStream extends OutputStream {
  private static final int PART_BYTES = 8 * 1024 * 1024;

  private final Optional<ObjectStore> store;
  private final Uploads uploads;
  private final String bucket;
  private final String key;
  private final MessageDigest digest;
  private Buffer buffer = new Buffer();
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
  UploadStream(Optional<ObjectStore> store, Uploads uploads, String bucket, String key) {
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
      buffer.write(bytes, offset, count);
      if (buffer.size() >= PART_BYTES) {
        handOver();
      }
    }
  }

  private void handOver() throws IOException {
    ObjectStore target = store.orElseThrow();
    Buffer part = buffer;
    buffer = new Buffer();
    int number = ++partsHandedOver;
    uploaded = uploads.after(uploaded, part.size(), () -> upload(target, number, part));
  }

  private void upload(ObjectStore target, int number, Buffer part) throws IOException {
    if (uploadId.isEmpty()) {
      uploadId = target.beginUpload(bucket, key);
    }
    parts.add(target.uploadPart(bucket, key, uploadId, number, part.bytes(), part.size()));
  }

  /** Uploads the rest; nothing is written after it. The object stays invisible. */
  CompletableFuture<Upload> finish() throws IOException {
    if (store.isPresent() && (buffer.size() > 0 || partsHandedOver == 0)) {
      handOver();
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return uploaded.thenApply(done -> new Upload(key, uploadId, parts, length, sha256));
  }

  /** Waits for what is under way and gives it up. */
  void abort() throws IOException {
    uploaded.handle((done, failure) -> failure).join();
    if (!uploadId.isEmpty()) {
      store.orElseThrow().abortUpload(bucket, key, uploadId);
    }
  }

  /** Lets its array be read without a copy. */
  private static final class Buffer extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }
}

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

/** Uploads what is written to it in parts. Begins the upload when the first part is full. */
final class UploadStream extends OutputStream {
  private static final int PART_BYTES = 8 * 1024 * 1024;

  private final Optional<ObjectStore> store;
  private final String bucket;
  private final String key;
  private final MessageDigest digest;
  private final Buffer buffer = new Buffer();
  private final List<ObjectStore.UploadedPart> parts = new ArrayList<>();
  private String uploadId;
  private long length;

  /**
   * @param store absent to count and hash only
   */
  UploadStream(Optional<ObjectStore> store, String bucket, String key) {
    this.store = store;
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
        uploadPart();
      }
    }
  }

  private void uploadPart() throws IOException {
    ObjectStore target = store.orElseThrow();
    if (uploadId == null) {
      uploadId = target.beginUpload(bucket, key);
    }
    int number = parts.size() + 1;
    parts.add(target.uploadPart(bucket, key, uploadId, number, buffer.bytes(), buffer.size()));
    buffer.reset();
  }

  /** Uploads the rest. The object stays invisible. */
  Upload finish() throws IOException {
    if (store.isPresent() && (buffer.size() > 0 || parts.isEmpty())) {
      uploadPart();
    }
    return new Upload(
        key,
        uploadId == null ? "" : uploadId,
        parts,
        length,
        HexFormat.of().formatHex(digest.digest()));
  }

  /** Gives up what has been uploaded. */
  void abort() throws IOException {
    if (uploadId != null) {
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

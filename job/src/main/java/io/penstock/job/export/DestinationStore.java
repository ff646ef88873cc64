package io.penstock.job.export;

import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.Encryption;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.ExportSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The destination as uploads see it: each is encrypted as asked for, and noted in the job's folder
 * before its first part, so that it can be given up whatever happens. Thread-safe.
 */
final class DestinationStore implements ObjectStore {
  private final ExportSpec spec;
  private final ObjectStore destination;
  private final ObjectStore storage;
  private final AtomicLong uploadedBytes = new AtomicLong();

  /**
   * @param destination closed with this
   * @param storage of the job's folder; not closed
   */
  DestinationStore(ExportSpec spec, ObjectStore destination, ObjectStore storage) {
    this.spec = spec;
    this.destination = destination;
    this.storage = storage;
  }

  /** Of all parts that the destination has, given up or not. */
  long uploadedBytes() {
    return uploadedBytes.get();
  }

  @Override
  public String beginUpload(String bucket, String key, Optional<Encryption> unused)
      throws IOException {
    String id = destination.beginUpload(bucket, key, spec.destination().encryption());
    try {
      storage.put(
          spec.bucket(), spec.folder().upload(id), SpecJson.write(new BegunUpload(key, id)));
    } catch (IOException e) {
      throw new IOException("cannot note an upload: " + e.getMessage(), e);
    }
    return id;
  }

  @Override
  public UploadedPart uploadPart(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length)
      throws IOException {
    UploadedPart part = destination.uploadPart(bucket, key, uploadId, number, bytes, length);
    uploadedBytes.addAndGet(length);
    return part;
  }

  @Override
  public void abortUpload(String bucket, String key, String uploadId) throws IOException {
    destination.abortUpload(bucket, key, uploadId);
  }

  @Override
  public CompleteOutcome completeUpload(
      String bucket, String key, String uploadId, List<UploadedPart> parts) throws IOException {
    return destination.completeUpload(bucket, key, uploadId, parts);
  }

  @Override
  public ListPage list(String bucket, String prefix, Optional<String> startAfter)
      throws IOException {
    return destination.list(bucket, prefix, startAfter);
  }

  @Override
  public Optional<ObjectStat> stat(String bucket, String key) throws IOException {
    return destination.stat(bucket, key);
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) throws IOException {
    return destination.get(bucket, key);
  }

  @Override
  public void put(String bucket, String key, byte[] bytes, Map<String, String> metadata)
      throws IOException {
    destination.put(bucket, key, bytes, metadata);
  }

  @Override
  public InputStream read(String bucket, String key, String etag, long offset, long length)
      throws IOException {
    return destination.read(bucket, key, etag, offset, length);
  }

  @Override
  public void close() {
    destination.close();
  }
}

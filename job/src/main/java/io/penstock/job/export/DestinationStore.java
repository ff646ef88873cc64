package io.penstock.job.export;

import io.penstock.job.s3.ForwardingStore;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.Encryption;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportSpec;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The destination as uploads see it: each is encrypted as asked for, and noted in the job's folder
 * before its first part, so that it can be given up whatever happens. Thread-safe.
 */
final class DestinationStore extends ForwardingStore {
  private static final String TIMED_OUT = "RequestTimeout";

  private final ExportSpec spec;
  private final ObjectStore storage;
  private final AtomicLong uploadedBytes = new AtomicLong();

  /**
   * @param destination closed with this
   * @param storage of the job's folder; not closed
   */
  DestinationStore(ExportSpec spec, ObjectStore destination, ObjectStore storage) {
    super(destination);
    this.spec = spec;
    this.storage = storage;
  }

  /** Of all parts that the destination has, given up or not. */
  long uploadedBytes() {
    return uploadedBytes.get();
  }

  @Override
  public String beginUpload(String bucket, String key, Optional<Encryption> unused)
      throws IOException {
    String id = super.beginUpload(bucket, key, spec.destination().encryption());
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
    try {
      UploadedPart part = super.uploadPart(bucket, key, uploadId, number, bytes, length);
      uploadedBytes.addAndGet(length);
      return part;
    } catch (ObjectStoreException e) {
      if (e.answer().filter(answer -> answer.code().equals(TIMED_OUT)).isEmpty()) {
        throw e;
      }
      throw new ObjectStoreException(
          e.code(), e.permanent(), ExportFailure.slowPart(number), e, e.answer().orElseThrow());
    }
  }
}

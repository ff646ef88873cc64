package io.penstock.job.s3;

import io.penstock.spec.Encryption;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what another store does, and closes it; a subclass changes some of that. */
public class ForwardingStore implements ObjectStore {
  private final ObjectStore store;

  protected ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public ListPage list(String bucket, String prefix, Optional<String> startAfter)
      throws IOException {
    return store.list(bucket, prefix, startAfter);
  }

  @Override
  public Optional<ObjectStat> stat(String bucket, String key) throws IOException {
    return store.stat(bucket, key);
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) throws IOException {
    return store.get(bucket, key);
  }

  @Override
  public void put(String bucket, String key, byte[] bytes, Map<String, String> metadata)
      throws IOException {
    store.put(bucket, key, bytes, metadata);
  }

  @Override
  public InputStream read(String bucket, String key, String etag, long offset, long length)
      throws IOException {
    return store.read(bucket, key, etag, offset, length);
  }

  @Override
  public String beginUpload(String bucket, String key, Optional<Encryption> encryption)
      throws IOException {
    return store.beginUpload(bucket, key, encryption);
  }

  @Override
  public UploadedPart uploadPart(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length)
      throws IOException {
    return store.uploadPart(bucket, key, uploadId, number, bytes, length);
  }

  @Override
  public CompleteOutcome completeUpload(
      String bucket, String key, String uploadId, List<UploadedPart> parts) throws IOException {
    return store.completeUpload(bucket, key, uploadId, parts);
  }

  @Override
  public void abortUpload(String bucket, String key, String uploadId) throws IOException {
    store.abortUpload(bucket, key, uploadId);
  }

  @Override
  public void close() {
    store.close();
  }
}

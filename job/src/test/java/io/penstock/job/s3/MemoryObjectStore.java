package io.penstock.job.s3;

import io.penstock.spec.Encryption;
import io.penstock.spec.TaskFailure.FailureCode;
import io.penstock.spec.Utf8Order;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** S3 in memory, for histories that need none other. Keeps to the same contract. */
public class MemoryObjectStore implements ObjectStore {
  private static final int PAGE = 1_000;

  private final NavigableMap<String, StoredObject> objects = new TreeMap<>(Utf8Order.INSTANCE);
  private final Map<String, NavigableMap<Integer, byte[]>> uploads = new TreeMap<>();
  private int lastNumber;

  private record StoredObject(byte[] bytes, String etag) {}

  private static String path(String bucket, String key) {
    return bucket + "/" + key;
  }

  /** Keys of all visible objects, with their buckets. */
  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  public synchronized int openUploads() {
    return uploads.size();
  }

  /** What a service's lifecycle rule does. */
  public synchronized void abortAllUploads() {
    uploads.clear();
  }

  @Override
  public synchronized ListPage list(String bucket, String prefix, Optional<String> startAfter) {
    String start = path(bucket, prefix);
    String after = startAfter.map(key -> path(bucket, key)).orElse("");
    List<ObjectStat> found =
        objects.entrySet().stream()
            .filter(e -> e.getKey().startsWith(start))
            .filter(e -> after.isEmpty() || Utf8Order.INSTANCE.compare(e.getKey(), after) > 0)
            .limit(PAGE + 1L)
            .map(e -> stat(e.getKey().substring(bucket.length() + 1), e.getValue()))
            .toList();
    return new ListPage(found.subList(0, Math.min(PAGE, found.size())), found.size() <= PAGE);
  }

  private static ObjectStat stat(String key, StoredObject object) {
    return new ObjectStat(key, object.etag(), object.bytes().length);
  }

  @Override
  public synchronized Optional<ObjectStat> stat(String bucket, String key) throws IOException {
    return Optional.ofNullable(objects.get(path(bucket, key))).map(object -> stat(key, object));
  }

  @Override
  public synchronized Optional<byte[]> get(String bucket, String key) throws IOException {
    return Optional.ofNullable(objects.get(path(bucket, key))).map(StoredObject::bytes);
  }

  @Override
  public synchronized void put(
      String bucket, String key, byte[] bytes, Map<String, String> metadata) throws IOException {
    objects.put(path(bucket, key), new StoredObject(bytes.clone(), "\"" + ++lastNumber + "\""));
  }

  @Override
  public synchronized InputStream read(
      String bucket, String key, String etag, long offset, long length) throws IOException {
    StoredObject object = objects.get(path(bucket, key));
    if (object == null) {
      throw refusal(FailureCode.NOT_FOUND, bucket, key);
    }
    if (!object.etag().equals(etag) || offset + length > object.bytes().length) {
      throw refusal(FailureCode.OBJECT_CHANGED, bucket, key);
    }
    return new ByteArrayInputStream(object.bytes(), (int) offset, (int) length);
  }

  private static ObjectStoreException refusal(FailureCode code, String bucket, String key) {
    return new ObjectStoreException(code, true, path(bucket, key) + ": " + code, null);
  }

  @Override
  public synchronized String beginUpload(String bucket, String key, Optional<Encryption> encryption)
      throws IOException {
    String id = path(bucket, key) + "#" + ++lastNumber;
    uploads.put(id, new TreeMap<>());
    return id;
  }

  @Override
  public synchronized UploadedPart uploadPart(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length)
      throws IOException {
    NavigableMap<Integer, byte[]> parts = uploads.get(uploadId);
    if (parts == null) {
      throw refusal(FailureCode.NOT_FOUND, bucket, key);
    }
    parts.put(number, Arrays.copyOf(bytes, length));
    return new UploadedPart(number, "\"" + number + "\"");
  }

  @Override
  public synchronized CompleteOutcome completeUpload(
      String bucket, String key, String uploadId, List<UploadedPart> parts) throws IOException {
    NavigableMap<Integer, byte[]> uploaded = uploads.get(uploadId);
    if (uploaded == null || !parts.stream().allMatch(p -> uploaded.containsKey(p.number()))) {
      return CompleteOutcome.NO_SUCH_UPLOAD;
    }
    uploads.remove(uploadId);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (UploadedPart part : parts) {
      whole.writeBytes(uploaded.get(part.number()));
    }
    put(bucket, key, whole.toByteArray());
    return CompleteOutcome.COMPLETED;
  }

  @Override
  public synchronized void abortUpload(String bucket, String key, String uploadId)
      throws IOException {
    uploads.remove(uploadId);
  }

  @Override
  public void close() {
    // What it holds ends with it.
  }
}

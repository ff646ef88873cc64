package io.penstock.control.publish;

import io.penstock.spec.SpecJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Small objects of the storage's bucket, most of them JSON. Thread-safe. */
final class StoredObjects implements AutoCloseable {
  private final String bucket;
  private final S3Client client;

  StoredObjects(StorageAccess access) {
    this.bucket = access.bucket();
    this.client = S3Clients.of(access);
  }

  /** For what only one of its users does. */
  S3Client client() {
    return client;
  }

  /** Empty if there is no such object. */
  Optional<ResponseBytes<GetObjectResponse>> object(String key) throws IOException {
    try {
      return Optional.of(client.getObjectAsBytes(r -> r.bucket(bucket).key(key)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failed("read", key, e);
    }
  }

  /** Empty if there is no such object. */
  <T> Optional<T> read(String key, Class<T> type) throws IOException {
    return object(key).map(found -> SpecJson.read(found.asByteArrayUnsafe(), type));
  }

  void write(String key, Object value) throws IOException {
    try {
      client.putObject(
          r -> r.bucket(bucket).key(key), RequestBody.fromBytes(SpecJson.write(value)));
    } catch (SdkException e) {
      throw failed("write", key, e);
    }
  }

  /** All keys below a prefix. */
  List<String> list(String prefix) throws IOException {
    return list(prefix, Optional.empty());
  }

  /**
   * @param after the last key that is not wanted
   */
  List<String> list(String prefix, Optional<String> after) throws IOException {
    try {
      return client
          .listObjectsV2Paginator(
              r -> r.bucket(bucket).prefix(prefix).startAfter(after.orElse(null)))
          .contents()
          .stream()
          .map(S3Object::key)
          .toList();
    } catch (SdkException e) {
      throw failed("list", prefix, e);
    }
  }

  IOException failed(String what, String key, SdkException e) {
    return new IOException(
        "cannot %s s3://%s/%s: %s".formatted(what, bucket, key, e.getMessage()), e);
  }

  @Override
  public void close() {
    client.close();
  }
}

package io.penstock.job.scan;

import io.penstock.job.s3.ObjectStore;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes of one version of an object, by ranges. A read fails by name if the object has become
 * another.
 *
 * @param size of the object, in bytes
 */
public record ObjectBytes(ObjectStore store, String bucket, String key, String etag, long size) {
  static ObjectBytes of(ObjectStore store, String bucket, ObjectStore.ObjectStat stat) {
    return new ObjectBytes(store, bucket, stat.key(), stat.etag(), stat.size());
  }

  /**
   * @param from within the object, as is what follows
   */
  public byte[] read(long from, int length) throws IOException {
    try (InputStream in = store.read(bucket, key, etag, from, length)) {
      return in.readNBytes(length);
    }
  }
}

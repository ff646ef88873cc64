package io.penstock.job.s3;

import io.penstock.spec.Encryption;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An S3 service, reached with one connection's endpoint and credentials. Thread-safe. Passing
 * trouble (throttling, timeouts, 5xx, resets) is retried inside with growing pauses; what is thrown
 * is an {@link ObjectStoreException} that names bucket and key.
 */
public interface ObjectStore extends Closeable {
  /**
   * One page of a flat listing in UTF-8 key order.
   *
   * @param startAfter keys up to and including it are left out; absent begins at the first
   */
  ListPage list(String bucket, String prefix, Optional<String> startAfter) throws IOException;

  /** Size and ETag; empty if there is no such object. */
  Optional<ObjectStat> stat(String bucket, String key) throws IOException;

  /** A small object as a whole; empty if there is no such object. */
  Optional<byte[]> get(String bucket, String key) throws IOException;

  /** Writes a small object as a whole, replacing what was there. */
  default void put(String bucket, String key, byte[] bytes) throws IOException {
    put(bucket, key, bytes, Map.of());
  }

  /**
   * @param metadata kept beside the object, in lower-case names
   */
  void put(String bucket, String key, byte[] bytes, Map<String, String> metadata)
      throws IOException;

  /**
   * Bytes of an object, as many as were asked for. A broken connection is taken up again behind the
   * last byte delivered, of the same version. Closing it early gives the connection up.
   *
   * @param etag the version to read; any other fails with {@code OBJECT_CHANGED}, also in mid-read,
   *     and so does an object that ends before the range
   * @param length in bytes; 0 only for an empty object
   */
  InputStream read(String bucket, String key, String etag, long offset, long length)
      throws IOException;

  /** Begins an upload that is invisible until completed; returns its id. */
  default String beginUpload(String bucket, String key) throws IOException {
    return beginUpload(bucket, key, Optional.empty());
  }

  /**
   * Begins an upload that is invisible until completed; returns its id.
   *
   * @param encryption absent for the bucket's own
   */
  String beginUpload(String bucket, String key, Optional<Encryption> encryption) throws IOException;

  /**
   * @param number from 1; every part but the last has at least 5 MiB
   */
  UploadedPart uploadPart(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length)
      throws IOException;

  /** Makes the object visible. Not knowing is an outcome: compare the object before believing. */
  CompleteOutcome completeUpload(
      String bucket, String key, String uploadId, List<UploadedPart> parts) throws IOException;

  /** Gives an upload up; one that is not there any more is no error. */
  void abortUpload(String bucket, String key, String uploadId) throws IOException;

  @Override
  void close();

  /** What a listing or a stat tells of an object. */
  record ObjectStat(String key, String etag, long size) {}

  /**
   * @param last whether no key follows
   */
  record ListPage(List<ObjectStat> objects, boolean last) {
    public ListPage {
      objects = List.copyOf(objects);
    }
  }

  /** A part of an upload, as completing it needs it. */
  record UploadedPart(int number, String etag) {}

  /** What is known after asking to complete an upload. */
  enum CompleteOutcome {
    COMPLETED,
    /** The upload or a part is gone: completed before, or aborted. Only the object can tell. */
    NO_SUCH_UPLOAD
  }
}

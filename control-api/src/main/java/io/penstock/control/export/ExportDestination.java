package io.penstock.control.export;

import io.penstock.spec.export.ExportedFile;
import java.io.IOException;
import java.util.Optional;

/**
 * The bucket that an export's files go to. Thread-safe. What is thrown is a {@link
 * DestinationException} that names bucket and key.
 */
public interface ExportDestination extends AutoCloseable {
  /** Makes a file visible. Not knowing is an outcome: look at the object before believing. */
  Completion complete(ExportedFile file) throws IOException;

  /** The ETag of the object at the file's key; empty unless it has its length and checksum. */
  Optional<String> find(ExportedFile file) throws IOException;

  /** Writes a small object as a whole, replacing what was there. */
  void put(String key, byte[] bytes) throws IOException;

  /** One that is not there is no error. */
  void delete(String key) throws IOException;

  /** Gives an upload up; one that is not there any more is no error. */
  void abort(String key, String uploadId) throws IOException;

  @Override
  void close();

  /** What is known after asking to complete an upload. */
  sealed interface Completion {
    /**
     * @param etag of the object
     */
    record Completed(String etag) implements Completion {}

    /** The upload or a part is gone: completed before, or given up. Only the object can tell. */
    record NoSuchUpload() implements Completion {}
  }
}

package io.penstock.spec.export;

import io.penstock.spec.Check;
import java.util.List;

/**
 * A file that has been uploaded in full, and is invisible until its upload is completed.
 *
 * @param key in the destination's bucket
 * @param bytes of the whole object
 * @param sha256 of the object's bytes, hexadecimal
 */
public record ExportedFile(
    String key, long rows, long bytes, String sha256, String uploadId, List<Part> parts) {
  public ExportedFile {
    Check.that(key != null && !key.isEmpty(), "key must not be empty");
    Check.that(rows > 0, "rows of %s must be positive but were %d", key, rows);
    Check.that(bytes > 0, "bytes of %s must be positive but were %d", key, bytes);
    Check.that(sha256 != null && sha256.length() == 64, "sha256 of %s must be given", key);
    Check.that(uploadId != null && !uploadId.isEmpty(), "uploadId of %s must be given", key);
    parts = List.copyOf(parts);
    Check.that(!parts.isEmpty(), "parts of %s must not be empty", key);
  }

  /**
   * A part of an upload.
   *
   * @param number from 1
   * @param etag as S3 gave it
   */
  public record Part(int number, String etag) {}
}

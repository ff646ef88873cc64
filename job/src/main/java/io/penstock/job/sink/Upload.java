package io.penstock.job.sink;

import io.penstock.job.s3.ObjectStore;
import java.util.List;

/**
 * An object that is there in full but invisible until its upload is completed.
 *
 * @param length in bytes
 * @param sha256 hexadecimal
 */
public record Upload(
    String key, String uploadId, List<ObjectStore.UploadedPart> parts, long length, String sha256) {
  public Upload {
    parts = List.copyOf(parts);
  }
}

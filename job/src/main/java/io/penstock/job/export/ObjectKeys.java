package io.penstock.job.export;

import io.penstock.spec.export.ExportFailure;
import java.nio.charset.StandardCharsets;

/** What S3 takes for a key. */
final class ObjectKeys {
  private static final int MAX_BYTES = 1024;

  private ObjectKeys() {}

  /**
   * @throws ExportRefused if it is none
   */
  static void check(String key) throws ExportRefused {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw refused("it has %d bytes, more than %d: %s".formatted(bytes, MAX_BYTES, key));
    }
    for (String segment : key.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw refused("it has a segment " + segment + ": " + key);
      }
    }
  }

  private static ExportRefused refused(String reason) {
    return new ExportRefused(ExportFailure.Kind.KEY, reason);
  }
}

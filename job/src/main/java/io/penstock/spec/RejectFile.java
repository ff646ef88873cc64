package io.penstock.spec;

import java.util.List;

/**
 * The rejected rows of a task.
 *
 * @param samples the first few
 */
public record RejectFile(
    String key, long rows, long bytes, String sha256, List<RejectedRow> samples) {
  public RejectFile {
    samples = List.copyOf(samples);
  }
}

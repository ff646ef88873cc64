package io.penstock.control.arrivals;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a stream.
 *
 * @param id also its job's
 * @param counts of what is loaded
 * @param loadedAt when that last changed
 * @param lastError of an object that could not be loaded
 * @param waiting what has been taken and is not loaded yet
 */
public record Stream(
    UUID id,
    StreamKey key,
    StreamCounts counts,
    Optional<Instant> loadedAt,
    Optional<String> lastError,
    Waiting waiting) {
  /**
   * Objects on their way.
   *
   * @param since when the oldest of them was taken; absent if there is none
   */
  public record Waiting(long objects, Optional<Instant> since) {}
}

package io.penstock.control.dialect.hydrolix;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a transform's execution depends on beside the transform.
 *
 * @param constants automatic values that are known already, by name
 * @param notAfter rows with a later time are rejected; it is fixed when the job is made, so that a
 *     task that runs again decides alike
 * @param maxAhead instead, where each task has its own moment
 * @param now the time that it is in SQL, in all rows; absent where each task has its own moment
 */
record TransformTarget(
    Map<String, String> constants,
    Optional<Instant> notAfter,
    Optional<Duration> maxAhead,
    Optional<Instant> now) {
  /** One moment holds for all tasks. */
  TransformTarget(Map<String, String> constants, Optional<Instant> notAfter, Instant now) {
    this(constants, notAfter, Optional.empty(), Optional.of(now));
  }

  TransformTarget {
    constants = Map.copyOf(constants);
  }
}

package io.penstock.control.export;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How long after its interval's end a run starts: always the same for an export and a boundary, so
 * that a restart does not move it. Pure.
 *
 * @param jitter whether runs of many exports are spread
 * @param settling instead of the frequency's own
 */
public record StartDelay(boolean jitter, Optional<Duration> settling) {
  private static final int FRACTION_BITS = 53;

  Duration of(UUID export, Frequency frequency, Instant boundary) {
    Duration least = settlingOf(frequency);
    if (!jitter) {
      return least;
    }
    long hash = mixed(export.getMostSignificantBits());
    hash = mixed(hash ^ export.getLeastSignificantBits());
    hash = mixed(hash ^ boundary.getEpochSecond());
    double fraction = (hash >>> (Long.SIZE - FRACTION_BITS)) * 0x1.0p-53;
    Duration random = Duration.ofMillis((long) (fraction * frequency.jitter().toMillis()));
    return random.compareTo(least) > 0 ? random : least;
  }

  /** The least delay. */
  Duration settlingOf(Frequency frequency) {
    return settling.orElse(frequency.settling());
  }

  /** Every bit of the result depends on every bit of the value. */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

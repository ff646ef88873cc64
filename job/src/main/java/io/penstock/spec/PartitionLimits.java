package io.penstock.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * When a partition is closed: whichever bound is reached first.
 *
 * @param maxRows rows in one partition
 * @param maxSpan width of the event-time bucket, aligned to the epoch, that a partition never
 *     leaves
 * @param maxOpen open partitions of one task; past it the least recently written one is closed
 * @param shardColumn a column of text; rows with different values are in different partitions
 */
public record PartitionLimits(
    long maxRows, Duration maxSpan, int maxOpen, Optional<String> shardColumn) {
  public PartitionLimits {
    Check.that(maxRows > 0, "maxRows must be positive but was %d", maxRows);
    Check.that(
        maxSpan.compareTo(Duration.ofMinutes(1)) >= 0,
        "maxSpan must be at least PT1M but was %s",
        maxSpan);
    Check.that(maxOpen > 0, "maxOpen must be positive but was %d", maxOpen);
  }

  /** Partitions hold rows of any value. */
  public PartitionLimits(long maxRows, Duration maxSpan, int maxOpen) {
    this(maxRows, maxSpan, maxOpen, Optional.empty());
  }
}

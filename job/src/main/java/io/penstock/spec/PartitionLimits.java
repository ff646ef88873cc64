package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a partition is closed: whichever bound is reached first.
 *
 * @param maxRows rows in one partition
 * @param maxSpan width of the event-time bucket, aligned to the epoch, that a partition never
 *     leaves
 * @param maxOpen open partitions of one task; past it the least recently written one is closed
 * @param shardColumn a column of text; rows with different values are in different partitions
 * @param sortColumns by whose values rows are in order within a partition, nulls first, and within
 *     one value as they came; empty to write rows as they come
 */
public record PartitionLimits(
    long maxRows,
    Duration maxSpan,
    int maxOpen,
    Optional<String> shardColumn,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> sortColumns) {
  public PartitionLimits {
    // Absent in what was written before there were any.
    sortColumns = sortColumns == null ? List.of() : List.copyOf(sortColumns);
    Check.that(maxRows > 0, "maxRows must be positive but was %d", maxRows);
    Check.that(
        maxSpan.compareTo(Duration.ofMinutes(1)) >= 0,
        "maxSpan must be at least PT1M but was %s",
        maxSpan);
    Check.that(maxOpen > 0, "maxOpen must be positive but was %d", maxOpen);
  }

  /** Rows are written as they come. */
  public PartitionLimits(
      long maxRows, Duration maxSpan, int maxOpen, Optional<String> shardColumn) {
    this(maxRows, maxSpan, maxOpen, shardColumn, List.of());
  }

  /** Partitions hold rows of any value. */
  public PartitionLimits(long maxRows, Duration maxSpan, int maxOpen) {
    this(maxRows, maxSpan, maxOpen, Optional.empty());
  }
}

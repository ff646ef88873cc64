package io.penstock.control.catalog;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A file of a table.
 *
 * @param path below the folder of all tables, so that it begins with project and table id
 * @param origin the job and task that wrote it; absent for a file of somebody else's
 * @param storedBytes all of the file
 * @param columnBytes of the columns' pages in it
 * @param rawBytes its part of the decompressed input, by rows; 0 where that was not recorded
 * @param shard the hash of the shard value of its rows; absent if they were not divided by one
 * @param times range of the values of each timestamp column that has any
 */
public record Partition(
    String path,
    Optional<Origin> origin,
    long rows,
    long storedBytes,
    long columnBytes,
    long rawBytes,
    Instant added,
    Optional<String> shard,
    Map<String, Range> times) {
  public Partition {
    times = Map.copyOf(times);
  }

  /** Who wrote it. */
  public record Origin(UUID job, int task) {}

  /** Both ends are values that occur. */
  public record Range(Instant min, Instant max) {}
}

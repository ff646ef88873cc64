package io.penstock.control.dialect.hydrolix;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a query says of partitions; all bounds are inclusive. */
record PartitionFilter(
    Optional<Instant> minAfter,
    Optional<Instant> minBefore,
    Optional<Instant> maxAfter,
    Optional<Instant> maxBefore,
    Optional<String> rootPath,
    Optional<String> shardKey) {

  static PartitionFilter of(Context context) {
    return new PartitionFilter(
        QueryTimes.from(context, "min_timestamp_after"),
        QueryTimes.from(context, "min_timestamp_before"),
        QueryTimes.from(context, "max_timestamp_after"),
        QueryTimes.from(context, "max_timestamp_before"),
        Optional.ofNullable(context.queryParam("root_path")),
        Optional.ofNullable(context.queryParam("shard_key")));
  }

  boolean isEmpty() {
    return Stream.of(minAfter, minBefore, maxAfter, maxBefore, rootPath, shardKey)
        .allMatch(Optional::isEmpty);
  }

  boolean matches(TablePartition partition) {
    return elsewhere(partition)
        && holds(minAfter, partition.min(), bound -> at -> !at.isBefore(bound))
        && holds(minBefore, partition.min(), bound -> at -> !at.isAfter(bound))
        && holds(maxAfter, partition.max(), bound -> at -> !at.isBefore(bound))
        && holds(maxBefore, partition.max(), bound -> at -> !at.isAfter(bound));
  }

  /** Whether all rows of the partition lie in the range that the bounds span. */
  boolean encloses(TablePartition partition) {
    return elsewhere(partition)
        && holds(minAfter, partition.min(), bound -> at -> !at.isBefore(bound))
        && holds(maxAfter, partition.min(), bound -> at -> !at.isBefore(bound))
        && holds(minBefore, partition.max(), bound -> at -> !at.isAfter(bound))
        && holds(maxBefore, partition.max(), bound -> at -> !at.isAfter(bound));
  }

  private boolean elsewhere(TablePartition partition) {
    return rootPath.map(partition.rootPath()::equals).orElse(true)
        && shardKey.map(partition.shardKey()::equals).orElse(true);
  }

  /** What has no time is outside of every bound. */
  private static boolean holds(
      Optional<Instant> bound, Optional<Instant> at, Function<Instant, Predicate<Instant>> test) {
    return bound.isEmpty() || at.filter(test.apply(bound.get())).isPresent();
  }
}

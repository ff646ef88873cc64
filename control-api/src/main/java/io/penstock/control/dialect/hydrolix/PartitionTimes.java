package io.penstock.control.dialect.hydrolix;

import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.Partition;
import io.penstock.control.job.Jobs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which column is the time of a partition: transforms of one table may have different primary
 * columns, and the job that wrote it knows which was its own.
 */
final class PartitionTimes {
  private final Jobs jobs;
  private final UUID organization;
  private final Set<String> primaries;
  private final Map<UUID, Optional<String>> columns = new HashMap<>();

  /**
   * @param transforms of the table, for partitions of jobs that are no longer known
   */
  PartitionTimes(Jobs jobs, UUID organization, List<CatalogObject> transforms) {
    this.jobs = jobs;
    this.organization = organization;
    this.primaries = TableColumns.primaries(transforms);
  }

  Optional<Partition.Range> of(Partition partition) {
    Stream<String> own = partition.origin().flatMap(origin -> column(origin.job())).stream();
    return Stream.concat(own, primaries.stream())
        .filter(partition.times()::containsKey)
        .findFirst()
        .map(partition.times()::get);
  }

  private Optional<String> column(UUID job) {
    return columns.computeIfAbsent(
        job,
        id -> jobs.find(organization, id).map(one -> one.definition().transform().timeColumn()));
  }
}

package io.penstock.control.arrivals;

import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;

/**
 * What a stream has loaded, by the records of its tasks.
 *
 * @param skipped objects that could not be read
 */
public record StreamCounts(TaskCounts counts, long partitions, long skipped) {
  public static final StreamCounts ZERO = new StreamCounts(TaskCounts.ZERO, 0, 0);

  /** Of two streams. */
  public StreamCounts plus(StreamCounts other) {
    return new StreamCounts(
        counts.plus(other.counts), partitions + other.partitions, skipped + other.skipped);
  }

  public StreamCounts plus(TaskRecord record) {
    return new StreamCounts(
        counts.plus(record.counts()),
        partitions + record.partitions().size(),
        skipped + record.skipped().size());
  }
}

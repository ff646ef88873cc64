package io.penstock.control.job;

import io.penstock.spec.Check;

/**
 * How large a job may be.
 *
 * @param maxObjects that are read
 * @param maxBuckets of time that its rows are in
 * @param maxPartitions that it writes
 */
public record LoadLimits(long maxObjects, long maxBuckets, long maxPartitions) {
  public LoadLimits {
    Check.that(maxObjects > 0, "maxObjects must be positive but was %d", maxObjects);
    Check.that(maxBuckets > 0, "maxBuckets must be positive but was %d", maxBuckets);
    Check.that(maxPartitions > 0, "maxPartitions must be positive but was %d", maxPartitions);
  }
}

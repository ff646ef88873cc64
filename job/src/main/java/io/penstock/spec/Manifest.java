package io.penstock.spec;

import java.util.UUID;

/** The truth about a finished job: written last, once, when every planned task has its record. */
public record Manifest(
    int version, UUID jobId, PlanSummary plan, TaskCounts counts, long partitions) {
  public static final int VERSION = 1;

  public Manifest {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    Check.that(plan.complete(), "plan must be complete");
  }
}

package io.penstock.spec;

import java.util.List;

/** A part of a job's frozen input, durable before any of its tasks is handed out. */
public record PlanSegment(int version, int segment, List<PlannedTask> tasks) {
  public static final int VERSION = 1;

  public PlanSegment {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    tasks = List.copyOf(tasks);
  }
}

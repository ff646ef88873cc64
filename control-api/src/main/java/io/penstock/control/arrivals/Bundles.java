package io.penstock.control.arrivals;

import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts objects that arrived together into tasks. Pure. */
public final class Bundles {
  /** Small enough for several slots to share what comes at once, and for a retry to be cheap. */
  static final long MAX_BYTES = 64L << 20;

  /** Each becomes a few requests; each task leaves partitions of its own. */
  static final int MAX_OBJECTS = 250;

  private Bundles() {}

  /**
   * @param firstTask number of the first one
   */
  public static List<PlannedTask> of(List<Found> found, int firstTask, Instant now) {
    List<PlannedTask> tasks = new ArrayList<>();
    List<PlannedObject> open = new ArrayList<>();
    long bytes = 0;
    for (Found one : found) {
      if (!open.isEmpty() && (bytes + one.size() > MAX_BYTES || open.size() == MAX_OBJECTS)) {
        tasks.add(new PlannedTask(firstTask + tasks.size(), open, now));
        open.clear();
        bytes = 0;
      }
      open.add(one.planned());
      bytes += one.size();
    }
    if (!open.isEmpty()) {
      tasks.add(new PlannedTask(firstTask + tasks.size(), open, now));
    }
    return tasks;
  }
}

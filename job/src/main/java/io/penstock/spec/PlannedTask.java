package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A unit of work, retry and commit: objects that are read in order by one subtask.
 *
 * @param number from 0, in key order of the objects, or in the order in which they arrived
 * @param plannedAt of a job without an end: what "now" is for its rows; absent for any other
 */
public record PlannedTask(int number, List<PlannedObject> objects, Optional<Instant> plannedAt) {
  public PlannedTask {
    Check.that(number >= 0, "number must not be negative but was %d", number);
    objects = List.copyOf(objects);
    Check.that(!objects.isEmpty(), "objects of task %d must not be empty", number);
  }

  /** Of a job that has one beginning for all of its tasks. */
  public PlannedTask(int number, List<PlannedObject> objects) {
    this(number, objects, Optional.empty());
  }

  /** Stored bytes of all objects. */
  @JsonIgnore
  public long storedBytes() {
    return objects.stream().mapToLong(PlannedObject::size).sum();
  }
}

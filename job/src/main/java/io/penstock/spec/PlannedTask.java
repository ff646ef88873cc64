package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A unit of work, retry and commit: objects that are read in order by one subtask.
 *
 * @param number from 0, in key order of the objects, or in the order in which they arrived
 * @param plannedAt of a job without an end: what "now" is for its rows; absent for any other
 * @param merges whether the objects are {@link RunFile}s of tasks before, in the sink's bucket,
 *     whose rows are combined
 */
public record PlannedTask(
    int number,
    List<PlannedObject> objects,
    Optional<Instant> plannedAt,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean merges) {
  public PlannedTask {
    Check.that(number >= 0, "number must not be negative but was %d", number);
    objects = List.copyOf(objects);
    Check.that(!objects.isEmpty(), "objects of task %d must not be empty", number);
  }

  /** Reads input, and has its job's beginning for its own. */
  public PlannedTask(int number, List<PlannedObject> objects) {
    this(number, objects, Optional.empty(), false);
  }

  /** Reads input that has arrived. */
  public PlannedTask(int number, List<PlannedObject> objects, Instant plannedAt) {
    this(number, objects, Optional.of(plannedAt), false);
  }

  /** Merges runs. */
  public static PlannedTask merging(int number, List<PlannedObject> runs) {
    return new PlannedTask(number, runs, Optional.empty(), true);
  }

  /** Stored bytes of all objects. */
  @JsonIgnore
  public long storedBytes() {
    return objects.stream().mapToLong(PlannedObject::storedBytes).sum();
  }
}

package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * A unit of work, retry and commit: objects that are read in order by one subtask.
 *
 * @param number from 0, in key order of the objects
 */
public record PlannedTask(int number, List<PlannedObject> objects) {
  public PlannedTask {
    Check.that(number >= 0, "number must not be negative but was %d", number);
    objects = List.copyOf(objects);
    Check.that(!objects.isEmpty(), "objects of task %d must not be empty", number);
  }

  /** Stored bytes of all objects. */
  @JsonIgnore
  public long storedBytes() {
    return objects.stream().mapToLong(PlannedObject::size).sum();
  }
}

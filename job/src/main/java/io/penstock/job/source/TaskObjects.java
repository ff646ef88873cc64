package io.penstock.job.source;

import io.penstock.spec.PlannedObject;
import java.io.IOException;
import java.util.List;

/** How the objects of a task are read. All methods are the reading thread's. */
interface TaskObjects {
  /** Forgets what it was at; these are to be opened one after another. */
  void begin(List<PlannedObject> objects);

  /**
   * @param place among those that were begun with
   */
  ObjectEvents open(int place, PlannedObject object) throws IOException;

  /** Nothing is wanted any more. */
  void forget();
}

package io.penstock.control.arrivals;

import io.penstock.spec.PlanSegment;
import io.penstock.spec.TaskRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;

/** What jobs without an end are fed with. Each method is one transaction. Thread-safe. */
public interface Streams {
  /** Makes the stream if there is none. */
  void open(StreamKey key);

  /** All streams, oldest first. */
  List<Stream> all();

  /** The table's, oldest first. */
  List<Stream> of(UUID table);

  /** Plan segments that may not be in their job's folder yet, by stream and in order. */
  Map<UUID, List<PlanSegment>> unwritten();

  void written(UUID stream, int segment);

  /**
   * Plans tasks once more that have been waiting since before then, while later ones or none at all
   * were settled: what they wrote may have been lost. A task that is done is not done again.
   */
  void replan(Instant before, Instant now);

  /** Numbers of the tasks that are not settled. */
  SortedSet<Integer> waiting(UUID stream);

  /**
   * The tasks are in the table. Objects that could not be read are let go if a queue told of them:
   * it will do so again, for as long as it wants to.
   */
  void settle(UUID stream, List<TaskRecord> records, Instant now);

  /** Forgets the stream and lets go of what is waiting in it: whoever finds that may take it. */
  void release(UUID stream);
}

package io.penstock.control.job;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where an attempt of a job stands; a job stands where its last attempt does. */
public enum JobState {
  /** Stored durably; waits for free slots. */
  QUEUED,
  /** The intent to start it under a known Flink job id is recorded; Flink may have it or not. */
  SUBMITTING,
  RUNNING,
  /** Flink cannot say anything of it. */
  RECONCILING,
  /** A caller wants it stopped; a savepoint is under way. */
  CANCELLING,
  FINISHED,
  FAILED,
  CANCELED;

  private static final Map<JobState, Set<JobState>> NEXT =
      Map.of(
          QUEUED, EnumSet.of(SUBMITTING, CANCELED, FAILED),
          SUBMITTING, EnumSet.of(RUNNING, RECONCILING, CANCELLING, FINISHED, FAILED, CANCELED),
          RUNNING, EnumSet.of(RECONCILING, CANCELLING, FINISHED, FAILED, CANCELED),
          RECONCILING, EnumSet.of(RUNNING, CANCELLING, FINISHED, FAILED, CANCELED),
          CANCELLING, EnumSet.of(CANCELED, FINISHED, FAILED));

  /** Whether nothing follows. */
  public boolean isFinal() {
    return !NEXT.containsKey(this);
  }

  /** The states that may follow. */
  public Set<JobState> next() {
    return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
  }
}

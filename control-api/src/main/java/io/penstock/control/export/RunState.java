package io.penstock.control.export;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a run stands. Nothing follows a final state. */
public enum RunState {
  /** The record is there; nothing has been asked of Flink. */
  STARTING,
  /** A job was accepted, or may have been, or one has failed and the next attempt waits. */
  RUNNING,
  /** Every file is there, and the manifest. */
  COMPLETED,
  /** An error that the user has to correct. */
  FAILED,
  /** An error that passes, more often than attempts may be made. */
  FAILED_RETRYABLE,
  CANCELLED,
  /** Somebody else canceled the job in Flink. */
  TERMINATED,
  TIMED_OUT;

  private static final Map<RunState, Set<RunState>> NEXT =
      Map.of(
          STARTING, EnumSet.complementOf(EnumSet.of(STARTING)),
          RUNNING, EnumSet.complementOf(EnumSet.of(STARTING, RUNNING)));

  /** Whether nothing follows. */
  public boolean isFinal() {
    return !NEXT.containsKey(this);
  }

  /** The states that may follow. */
  public Set<RunState> next() {
    return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
  }
}

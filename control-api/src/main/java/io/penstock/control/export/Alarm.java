package io.penstock.control.export;

import java.util.UUID;

/** Tells the owners of exports what they wait for, or should know. Returns at once. Thread-safe. */
public interface Alarm {
  /**
   * @param instance the run, the backfill or the export
   */
  void raise(Event event, UUID export, UUID instance, String message);

  /** What can be told. */
  enum Event {
    RUN_FAILED,
    EXPORT_PAUSED,
    BACKFILL_FINISHED,
    COVERAGE_GAP
  }
}

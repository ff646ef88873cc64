package io.penstock.control.export;

/** Where a backfill stands. */
public enum BackfillState {
  /** It is found out what there is to do. */
  STARTING,
  RUNNING,
  /** All its runs are over, whatever their outcome. */
  COMPLETED,
  CANCELLED,
  /** Of an error of its own. */
  FAILED;

  /** Whether nothing follows. */
  public boolean isFinal() {
    return this != STARTING && this != RUNNING;
  }
}

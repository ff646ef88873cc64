package io.penstock.job.expression;

/** Is told what was lost while a batch is computed. */
final class Losses {
  private final Listener listener;
  private int guards;

  Losses(Listener listener) {
    this.listener = listener;
  }

  /** Hears of each loss, of one row perhaps several times. */
  interface Listener {
    void lost(int row, Loss loss, String reason);
  }

  /** Until {@link #unguard}, nothing that is lost counts; may be nested. */
  void guard() {
    guards++;
  }

  void unguard() {
    guards--;
  }

  void add(int row, Loss loss, String reason) {
    if (guards == 0) {
      listener.lost(row, loss, reason);
    }
  }
}

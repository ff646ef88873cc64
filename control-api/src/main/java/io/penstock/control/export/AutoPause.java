package io.penstock.control.export;

import io.penstock.control.export.ExportLog.Level;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Pauses an export whose runs keep failing. Thread-safe. */
final class AutoPause {
  private final ExportPorts ports;

  AutoPause(ExportPorts ports) {
    this.ports = ports;
  }

  void afterFailure(UUID id) {
    Optional<Export> export = ports.exports().find(id);
    if (export.isEmpty() || export.get().deleted() || export.get().paused()) {
      return;
    }
    int judged = export.get().schedule().grid().frequency().judgedRuns();
    List<ExportRun> last = ports.runs().lastChanged(id, judged);
    long failed = last.stream().filter(run -> run.state() == RunState.FAILED).count();
    if (failed >= ports.rules().failureThreshold()) {
      pause(id, failed, judged);
    }
  }

  private void pause(UUID id, long failed, int judged) {
    new Exports(ports).pause(id);
    int cancelled = 0;
    Backfills backfills = new Backfills(ports);
    for (Backfill backfill : ports.backfills().active(id)) {
      try {
        backfills.cancel(backfill.id());
        cancelled++;
      } catch (ExportException.Over e) {
        // It ended meanwhile.
      }
    }
    String message =
        "Paused after %d failed runs among the last %d. Fix the cause, then unpause"
            .formatted(failed, judged);
    warn(id, message);
    warn(id, cancelled + " running backfills were cancelled with it");
    ports.alarm().raise(Alarm.Event.EXPORT_PAUSED, id, id, message);
  }

  private void warn(UUID id, String message) {
    ports.log().add(id, id, ports.now(), Level.WARNING, message);
  }
}

package io.penstock.control.export;

import io.penstock.control.export.Alarm.Event;
import java.time.Instant;

/** Tells that something will stay unexported unless somebody does something. Thread-safe. */
final class Gaps {
  private final ExportPorts ports;

  Gaps(ExportPorts ports) {
    this.ports = ports;
  }

  /** A run is over without files, and nothing follows. What an earlier run exported is no gap. */
  void after(ExportRun ended) {
    if (ports.ledger().of(ended.export(), ended.interval()).isEmpty()) {
      String message =
          "%s is not exported: %s"
              .formatted(RunText.of(ended.interval()), ended.latestError().orElse(""));
      ports.alarm().raise(Event.COVERAGE_GAP, ended.export(), ended.id(), message);
    }
  }

  /** A pause is over whose boundaries are not run. */
  void afterPause(Export export, Instant pausedAt, Instant resumedAt) {
    Grid grid = export.schedule().grid();
    if (grid.count(pausedAt, resumedAt) > 0) {
      DataInterval skipped = DataInterval.of(grid.atOrBefore(pausedAt), grid.atOrBefore(resumedAt));
      String message = RunText.of(skipped) + " is not exported: the export was paused";
      ports.alarm().raise(Event.COVERAGE_GAP, export.id(), export.id(), message);
    }
  }
}

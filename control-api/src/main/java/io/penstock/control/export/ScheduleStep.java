package io.penstock.control.export;

import io.penstock.control.export.Agenda.Matter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes the runs of an export that have fallen due. Thread-safe. */
public final class ScheduleStep {
  /** What is caught up at a time. */
  private static final int MOST = 20;

  private final ExportPorts ports;

  public ScheduleStep(ExportPorts ports) {
    this.ports = ports;
  }

  /** Returns when to look again; absent if nothing falls due unless something changes. */
  public Optional<Instant> step(UUID id) {
    while (true) {
      Optional<Export> export = ports.exports().find(id).filter(one -> !one.deleted());
      if (export.isEmpty()) {
        return Optional.empty();
      }
      try {
        return step(export.get());
      } catch (ExportException.Stale e) {
        // A caller, or another replica, was faster: look again.
      }
    }
  }

  private Optional<Instant> step(Export export) {
    Instant now = ports.now();
    ExportRules rules = ports.rules();
    Frequency frequency = export.schedule().grid().frequency();
    Schedule.Pass pass =
        export
            .schedule()
            .pass(
                now,
                rules.catchUp(),
                MOST,
                boundary -> rules.delay().of(export.id(), frequency, boundary));
    if (pass.after().equals(export.schedule())) {
      return pass.wake();
    }
    List<ExportRun> runs =
        pass.due().stream()
            .map(
                interval ->
                    ExportRun.starting(
                        TimeOrderedId.at(now), export.id(), Optional.empty(), interval, 0, now))
            .toList();
    for (ExportRun run : ports.exports().fire(export.passed(pass.after()), runs)) {
      ports.agenda().at(Matter.RUN, run.id(), now);
    }
    return pass.wake();
  }
}

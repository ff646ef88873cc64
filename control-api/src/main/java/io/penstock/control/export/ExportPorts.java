package io.penstock.control.export;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What exports are worked on with. */
public record ExportPorts(
    ExportStore exports,
    RunStore runs,
    BackfillStore backfills,
    ExportLog log,
    Ledger ledger,
    Agenda agenda,
    Alarm alarm,
    RunExecutor executor,
    RowEstimate estimate,
    ExportRules rules,
    Clock clock) {

  /** PostgreSQL keeps microseconds. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}

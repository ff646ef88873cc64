package io.penstock.control.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds out what of a range is exported, and has the rest run. Thread-safe. */
public final class Coverages {
  private static final int MOST_RUNS = 10_000;

  private final ExportPorts ports;
  private final LateRows lateRows;
  private final Backfills backfills;

  public Coverages(ExportPorts ports, LateRows lateRows) {
    this.ports = ports;
    this.lateRows = lateRows;
    this.backfills = new Backfills(ports);
  }

  /**
   * A range's coverage, and what came late.
   *
   * @param rowsInSource exported, late, and about how many are in the gaps
   */
  public record Report(Coverage coverage, List<LateRows.Late> late, long rowsInSource) {
    public Report {
      late = List.copyOf(late);
    }

    public boolean complete() {
      return coverage.gaps().isEmpty()
          && coverage.overlaps().isEmpty()
          && late.isEmpty()
          && rowsInSource == coverage.rowsExported();
    }
  }

  public Report of(Export export, Instant start, Instant end) {
    List<Ledger.Entry> entries = ports.ledger().list(export.id(), start, end);
    Coverage coverage =
        Coverage.of(export, entries, runs(export, start, end), start, end, ports.now());
    List<LateRows.Late> late =
        lateRows.of(
            export,
            entries,
            entry ->
                ports.runs().find(entry.run()).flatMap(ExportRun::order).map(RunOrder::orderedAt));
    long missing = late.stream().mapToLong(LateRows.Late::rows).sum();
    for (Coverage.Gap gap : coverage.gaps()) {
      missing +=
          ports
              .estimate()
              .of(export, Optional.of(gap.start()), gap.end())
              .map(RowEstimate.Found::rows)
              .orElse(0L);
    }
    return new Report(coverage, late, coverage.rowsExported() + missing);
  }

  private List<ExportRun> runs(Export export, Instant start, Instant end) {
    return ports
        .runs()
        .page(
            new RunStore.Wanted(
                export.id(),
                RunStore.Order.INTERVAL,
                true,
                Optional.of(export.schedule().grid().atOrBefore(start)),
                Optional.of(export.schedule().grid().after(end)),
                Set.of(),
                Optional.empty(),
                MOST_RUNS));
  }

  /**
   * A backfill for each stretch that is missing and not running, and each with late rows. What the
   * schedule's intervals do not divide, since it had others once, is run as it is.
   *
   * @throws ExportException.TooManyBackfills when the project may have no more
   */
  public List<UUID> repair(Export export, Instant start, Instant end) {
    Report report = of(export, start, end);
    Grid grid = export.schedule().grid();
    List<DataInterval> whole = new ArrayList<>();
    Set<DataInterval> exact = new LinkedHashSet<>();
    report.coverage().gaps().stream()
        .filter(gap -> gap.reason() != Coverage.Reason.RUNNING)
        .forEach(gap -> divide(DataInterval.of(gap.start(), gap.end()), grid, whole, exact));
    for (LateRows.Late late : report.late()) {
      Optional<Instant> begin = late.interval().start();
      if (begin.filter(grid::isBoundary).isPresent()
          && grid.after(begin.get()).equals(late.interval().end())) {
        whole.add(late.interval());
      } else {
        begin.ifPresent(unused -> exact.add(late.interval()));
      }
    }
    List<UUID> made = new ArrayList<>();
    for (DataInterval stretch : joined(whole)) {
      made.add(backfills.create(export, stretch.start(), stretch.end()).id());
    }
    for (DataInterval interval : exact) {
      made.add(backfills.createExact(export, interval).id());
    }
    return made;
  }

  /** Into what is of whole intervals, and what is before the first and behind the last. */
  private static void divide(
      DataInterval stretch, Grid grid, List<DataInterval> whole, Set<DataInterval> exact) {
    Instant start = stretch.start().orElseThrow();
    Instant end = stretch.end();
    Instant first = grid.isBoundary(start) ? start : grid.after(start);
    Instant last = grid.atOrBefore(end);
    if (first.isAfter(last)) {
      exact.add(stretch);
      return;
    }
    add(exact, start, first);
    add(whole, first, last);
    add(exact, last, end);
  }

  private static void add(Collection<DataInterval> intervals, Instant start, Instant end) {
    if (start.isBefore(end)) {
      intervals.add(DataInterval.of(start, end));
    }
  }

  /** Neighbours are one. */
  private static List<DataInterval> joined(List<DataInterval> stretches) {
    List<DataInterval> sorted = new ArrayList<>(stretches);
    sorted.sort((a, b) -> a.start().orElseThrow().compareTo(b.start().orElseThrow()));
    List<DataInterval> joined = new ArrayList<>();
    for (DataInterval one : sorted) {
      DataInterval last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && !one.start().orElseThrow().isAfter(last.end())) {
        Instant end = one.end().isAfter(last.end()) ? one.end() : last.end();
        joined.set(joined.size() - 1, new DataInterval(last.start(), end));
      } else {
        joined.add(one);
      }
    }
    return joined;
  }
}

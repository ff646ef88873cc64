package io.penstock.control.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What of a range is exported, by the ledger, and what is not.
 *
 * @param rowsExported of intervals in the range
 */
public record Coverage(
    Instant start, Instant end, long rowsExported, List<Gap> gaps, List<Overlap> overlaps) {
  public Coverage {
    gaps = List.copyOf(gaps);
    overlaps = List.copyOf(overlaps);
  }

  /** A stretch that no committed run has. */
  public record Gap(Instant start, Instant end, Reason reason) {}

  /** A stretch that several committed runs have. */
  public record Overlap(Instant start, Instant end, List<UUID> runs) {}

  /** Why a stretch is not exported. */
  public enum Reason {
    NEVER_RUN,
    FAILED,
    CANCELLED,
    PAUSED,
    RUNNING
  }

  /**
   * @param entries that touch the range
   * @param runs of the export that touch the range
   */
  static Coverage of(
      Export export,
      List<Ledger.Entry> entries,
      List<ExportRun> runs,
      Instant start,
      Instant end,
      Instant now) {
    Grid grid = export.schedule().grid();
    Instant from = grid.atOrBefore(start).equals(start) ? start : grid.after(start);
    Instant to = lastDue(export.schedule(), end, now);
    List<Ledger.Entry> sorted =
        entries.stream()
            .sorted(
                Comparator.comparing((Ledger.Entry e) -> begin(e.interval()))
                    .thenComparing(e -> e.interval().end()))
            .toList();
    List<Gap> gaps = new ArrayList<>();
    List<Overlap> overlaps = new ArrayList<>();
    Instant covered = from;
    Ledger.Entry last = null;
    long rows = 0;
    for (Ledger.Entry entry : sorted) {
      Instant begin = begin(entry.interval());
      Instant close = entry.interval().end();
      rows += entry.rows();
      if (last != null && begin.isBefore(last.interval().end())) {
        Instant both = close.isBefore(last.interval().end()) ? close : last.interval().end();
        overlaps.add(new Overlap(later(begin, from), both, List.of(last.run(), entry.run())));
      }
      if (begin.isAfter(covered) && covered.isBefore(to)) {
        addGaps(gaps, export, runs, covered, begin.isBefore(to) ? begin : to);
      }
      covered = later(covered, close);
      last = last == null || close.isAfter(last.interval().end()) ? entry : last;
    }
    if (covered.isBefore(to)) {
      addGaps(gaps, export, runs, covered, to);
    }
    return new Coverage(start, end, rows, gaps, overlaps);
  }

  private static Instant begin(DataInterval interval) {
    return interval.start().orElse(Instant.MIN);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Intervals whose runs are yet to start are not missing. */
  private static Instant lastDue(Schedule schedule, Instant end, Instant now) {
    Instant to = schedule.grid().atOrBefore(end.isBefore(now) ? end : now);
    boolean runs = schedule.pausedAt().isEmpty() && schedule.endAt().filter(to::isAfter).isEmpty();
    return runs && to.isAfter(schedule.passed()) ? schedule.passed() : to;
  }

  /** Interval by interval; neighbours with the same reason are one gap. */
  private static void addGaps(
      List<Gap> gaps, Export export, List<ExportRun> runs, Instant from, Instant to) {
    Instant begin = from;
    while (begin.isBefore(to)) {
      Instant next = export.schedule().grid().after(begin);
      Instant close = next.isBefore(to) ? next : to;
      Reason reason = reason(export.schedule(), runs, begin, close);
      Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
      if (last != null && last.reason() == reason && last.end().equals(begin)) {
        gaps.set(gaps.size() - 1, new Gap(last.start(), close, reason));
      } else {
        gaps.add(new Gap(begin, close, reason));
      }
      begin = close;
    }
  }

  private static Reason reason(
      Schedule schedule, List<ExportRun> runs, Instant begin, Instant close) {
    Optional<ExportRun> newest =
        runs.stream()
            .filter(run -> begin(run.interval()).isBefore(close))
            .filter(run -> run.interval().end().isAfter(begin))
            .max(Comparator.comparing(ExportRun::createdAt).thenComparing(ExportRun::id));
    if (newest.isEmpty()) {
      boolean paused =
          schedule.pausedAt().filter(close::isAfter).isPresent()
              || schedule.skips().stream().anyMatch(skip -> skip.has(close));
      return paused ? Reason.PAUSED : Reason.NEVER_RUN;
    }
    return switch (newest.get().state()) {
      case STARTING, RUNNING -> Reason.RUNNING;
      case CANCELLED -> Reason.CANCELLED;
      case COMPLETED -> Reason.NEVER_RUN;
      case FAILED, FAILED_RETRYABLE, TERMINATED, TIMED_OUT -> Reason.FAILED;
    };
  }
}

package io.penstock.control.export;

import io.penstock.spec.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * When an export's runs fall due. Boundaries are passed one after another, and each either fires or
 * does not; the next interval begins at the last boundary passed, so that whatever changes, ranges
 * meet. Pure.
 *
 * @param startAt boundaries before it do not fire
 * @param endAt boundaries after it do not fire
 * @param passed the last boundary that was passed, fired or not
 * @param pausedAt since when no boundary fires; absent if not paused
 * @param skips ranges that were closed while they passed
 */
public record Schedule(
    Grid grid,
    Optional<Instant> startAt,
    Optional<Instant> endAt,
    Instant passed,
    Optional<Instant> pausedAt,
    List<Skip> skips) {
  public Schedule {
    Check.that(grid != null && passed != null, "grid and passed must be given");
    skips = List.copyOf(skips);
  }

  /** The first interval to run is the one that the moment is in. */
  public static Schedule beginning(
      Grid grid, Optional<Instant> startAt, Optional<Instant> endAt, Instant now) {
    return new Schedule(grid, startAt, endAt, grid.atOrBefore(now), Optional.empty(), List.of());
  }

  /** Boundaries after {@code from}, up to and with {@code to}, do not fire. */
  public record Skip(Instant from, Instant to) {
    boolean has(Instant boundary) {
      return boundary.isAfter(from) && !boundary.isAfter(to);
    }
  }

  /**
   * What there is to do.
   *
   * @param due intervals whose runs start now, oldest first
   * @param after the schedule when these have been started
   * @param wake when to ask again; absent if nothing will fire unless something changes
   */
  public record Pass(List<DataInterval> due, Schedule after, Optional<Instant> wake) {
    public Pass {
      due = List.copyOf(due);
    }
  }

  /**
   * @param most intervals at a time
   * @param window boundaries older than this are not caught up
   * @param delay of a boundary's run
   */
  public Pass pass(Instant now, Duration window, int most, Function<Instant, Duration> delay) {
    List<DataInterval> due = new ArrayList<>();
    Instant forgotten = grid.atOrBefore(now.minus(window));
    Instant from = passed.isBefore(forgotten) ? forgotten : passed;
    while (true) {
      Instant to = grid.after(from);
      if (isAfterEnd(to) || isAfterPause(to)) {
        return new Pass(due, passedTo(from), Optional.empty());
      }
      if (to.isAfter(now)) {
        return new Pass(due, passedTo(from), Optional.of(firstFiring(to, delay)));
      }
      if (fires(to)) {
        Instant start = to.plus(delay.apply(to));
        if (start.isAfter(now) || due.size() == most) {
          return new Pass(due, passedTo(from), Optional.of(start));
        }
        due.add(DataInterval.of(from, to));
      }
      from = to;
    }
  }

  private boolean fires(Instant boundary) {
    return startAt.filter(boundary::isBefore).isEmpty()
        && skips.stream().noneMatch(skip -> skip.has(boundary));
  }

  private boolean isAfterEnd(Instant boundary) {
    return endAt.filter(boundary::isAfter).isPresent();
  }

  private boolean isAfterPause(Instant boundary) {
    return pausedAt.filter(boundary::isAfter).isPresent();
  }

  private Instant firstFiring(Instant boundary, Function<Instant, Duration> delay) {
    Instant first = boundary;
    if (startAt.filter(boundary::isBefore).isPresent()) {
      Instant before = grid.atOrBefore(startAt.get());
      first = before.equals(startAt.get()) ? before : grid.after(before);
    }
    return first.plus(delay.apply(first));
  }

  private Schedule passedTo(Instant boundary) {
    List<Skip> left = skips.stream().filter(skip -> skip.to().isAfter(boundary)).toList();
    return new Schedule(grid, startAt, endAt, boundary, pausedAt, left);
  }

  /** Boundaries up to now still fire. */
  public Schedule paused(Instant now) {
    return new Schedule(grid, startAt, endAt, passed, Optional.of(now), skips);
  }

  /** What passed since the pause does not fire. */
  public Schedule resumed(Instant now) {
    List<Skip> more = new ArrayList<>(skips);
    pausedAt.ifPresent(since -> more.add(new Skip(since, now)));
    return new Schedule(grid, startAt, endAt, passed, Optional.empty(), more);
  }

  /**
   * Other boundaries, or bounds, from now on; what did not fire by now, by the old ones, never
   * does.
   */
  public Schedule changed(
      Grid newGrid, Optional<Instant> newStartAt, Optional<Instant> newEndAt, Instant now) {
    List<Skip> more = new ArrayList<>(skips);
    if (!newStartAt.equals(startAt)) {
      startAt.ifPresent(
          start -> more.add(new Skip(passed, start.isAfter(now) ? now : start.minusNanos(1))));
    }
    if (!newEndAt.equals(endAt)) {
      endAt.filter(end -> end.isBefore(now)).ifPresent(end -> more.add(new Skip(end, now)));
    }
    return new Schedule(newGrid, newStartAt, newEndAt, passed, pausedAt, more);
  }
}

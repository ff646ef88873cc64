package io.penstock.control.export;

import io.penstock.spec.Check;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One interval that is exported, or was.
 *
 * @param backfill that it belongs to; absent if the schedule made it
 * @param retry of the same interval, made by the schedule after an error that passes; 0 first
 * @param attempt counted from 1; 0 before the first
 * @param attemptedAt absent while no attempt is under way
 * @param notBefore when the next attempt may be made, after one has failed
 * @param committing whether the files are to be made visible, which can no longer be undone
 * @param order what it exports, frozen when it begins; absent before
 * @param version counts changes of the record
 */
public record ExportRun(
    UUID id,
    UUID export,
    Optional<UUID> backfill,
    DataInterval interval,
    int retry,
    RunState state,
    Counts counts,
    Optional<String> latestError,
    int attempt,
    Optional<Instant> attemptedAt,
    Optional<Instant> notBefore,
    boolean committing,
    Optional<RunOrder> order,
    Instant createdAt,
    Optional<Instant> finishedAt,
    Instant updatedAt,
    long version) {

  /**
   * How much of it there is.
   *
   * @param rows that are written
   * @param bytes of the objects
   * @param total rows that there are to write
   */
  public record Counts(Optional<Long> rows, Optional<Long> bytes, Optional<Long> total) {
    static final Counts NONE = new Counts(Optional.empty(), Optional.empty(), Optional.empty());

    public static Counts of(long rows, long bytes, Optional<Long> total) {
      return new Counts(Optional.of(rows), Optional.of(bytes), total);
    }

    private static Optional<Long> larger(Optional<Long> one, Optional<Long> other) {
      return one.isEmpty() || (other.isPresent() && other.get() > one.get()) ? other : one;
    }

    /** Never less, whatever restarts below. */
    Counts atLeast(Counts live) {
      return new Counts(
          larger(rows, live.rows()), larger(bytes, live.bytes()), live.total().or(this::total));
    }
  }

  static ExportRun starting(
      UUID id,
      UUID export,
      Optional<UUID> backfill,
      DataInterval interval,
      int retry,
      Instant now) {
    return new ExportRun(
        id,
        export,
        backfill,
        interval,
        retry,
        RunState.STARTING,
        Counts.NONE,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        now,
        Optional.empty(),
        now,
        1);
  }

  /** Another attempt, of what the first one was to export. */
  ExportRun attempted(RunOrder wanted, Instant now) {
    return changed(
        now,
        next -> {
          next.state = RunState.RUNNING;
          next.attempt++;
          next.attemptedAt = Optional.of(now);
          next.notBefore = Optional.empty();
          next.committing = false;
          next.order = order.or(() -> Optional.of(wanted));
        });
  }

  ExportRun progressed(Counts live, Instant now) {
    Counts more = counts.atLeast(live);
    return more.equals(counts) ? this : changed(now, next -> next.counts = more);
  }

  /** The attempt failed, and another one will be made. */
  ExportRun failedOnce(String error, Instant again, Instant now) {
    return changed(
        now,
        next -> {
          next.latestError = Optional.of(error);
          next.attemptedAt = Optional.empty();
          next.notBefore = Optional.of(again);
          next.committing = false;
        });
  }

  /** From now on nothing but completion follows. */
  ExportRun committingNow(Instant now) {
    return changed(now, next -> next.committing = true);
  }

  ExportRun completed(Counts exact, Instant now) {
    return to(RunState.COMPLETED, exact, Optional.empty(), now);
  }

  /** Over without files; the rows that there are to write stay known. */
  ExportRun ended(RunState end, String error, Instant now) {
    return to(
        end,
        new Counts(Optional.empty(), Optional.empty(), counts.total()),
        Optional.of(error),
        now);
  }

  private ExportRun to(RunState end, Counts last, Optional<String> error, Instant now) {
    Check.that(state.next().contains(end), "a run cannot go from %s to %s", state, end);
    return changed(
        now,
        next -> {
          next.state = end;
          next.counts = last;
          next.latestError = error;
          next.finishedAt = Optional.of(now);
        });
  }

  private ExportRun changed(Instant now, Consumer<RunChanges> change) {
    RunChanges next = new RunChanges(this);
    next.updatedAt = now;
    change.accept(next);
    return next.make();
  }

  public ExportRun withVersion(long newVersion) {
    RunChanges next = new RunChanges(this);
    next.version = newVersion;
    return next.make();
  }
}

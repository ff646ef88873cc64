package io.penstock.control.export;

import io.penstock.spec.Check;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A range of an export's intervals that is run, one after another.
 *
 * @param startAt as asked for; absent for everything before the end
 * @param endAt as asked for
 * @param exact the one interval to run, whatever the grid
 * @param adjustedStartAt where the runs begin, if that is not {@code startAt}
 * @param totalRows an estimate while it runs
 * @param passed the end of the last interval that is done; absent before the first
 * @param awaited the run of the next interval, its own or one that was there
 * @param version counts changes of the record
 */
public record Backfill(
    UUID id,
    UUID export,
    UUID project,
    Optional<Instant> startAt,
    Instant endAt,
    Optional<DataInterval> exact,
    Optional<Instant> adjustedStartAt,
    Optional<Long> totalRows,
    BackfillState state,
    Optional<Instant> passed,
    Optional<UUID> awaited,
    Instant createdAt,
    Optional<Instant> finishedAt,
    Instant updatedAt,
    long version) {

  static Backfill starting(
      UUID id,
      Export export,
      Optional<Instant> startAt,
      Instant endAt,
      Optional<DataInterval> exact,
      Instant now) {
    return new Backfill(
        id,
        export.id(),
        export.project(),
        startAt,
        endAt,
        exact,
        Optional.empty(),
        Optional.empty(),
        BackfillState.STARTING,
        Optional.empty(),
        Optional.empty(),
        now,
        Optional.empty(),
        now,
        1);
  }

  /** Where its runs begin. */
  Optional<Instant> runsFrom() {
    return adjustedStartAt.or(() -> startAt);
  }

  Backfill running(Optional<Instant> adjusted, Optional<Long> estimate, Instant now) {
    return with(
        BackfillState.RUNNING,
        adjusted.filter(a -> !startAt.equals(adjusted)),
        estimate,
        passed,
        awaited,
        Optional.empty(),
        now);
  }

  Backfill passedTo(Instant end, Instant now) {
    return with(
        state, adjustedStartAt, totalRows, Optional.of(end), Optional.empty(), finishedAt, now);
  }

  Backfill awaiting(UUID run, Instant now) {
    return with(state, adjustedStartAt, totalRows, passed, Optional.of(run), finishedAt, now);
  }

  Backfill ended(BackfillState end, Optional<Long> rows, Instant now) {
    Check.that(!state.isFinal(), "a backfill cannot go from %s to %s", state, end);
    return with(end, adjustedStartAt, rows, passed, awaited, Optional.of(now), now);
  }

  private Backfill with(
      BackfillState next,
      Optional<Instant> adjusted,
      Optional<Long> rows,
      Optional<Instant> done,
      Optional<UUID> run,
      Optional<Instant> finished,
      Instant now) {
    return new Backfill(
        id, export, project, startAt, endAt, exact, adjusted, rows, next, done, run, createdAt,
        finished, now, version);
  }

  public Backfill withVersion(long newVersion) {
    return new Backfill(
        id,
        export,
        project,
        startAt,
        endAt,
        exact,
        adjustedStartAt,
        totalRows,
        state,
        passed,
        awaited,
        createdAt,
        finishedAt,
        updatedAt,
        newVersion);
  }
}

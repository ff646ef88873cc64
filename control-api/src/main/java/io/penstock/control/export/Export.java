package io.penstock.control.export;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A table of a project whose intervals are copied to a destination, one after another.
 *
 * @param model the table's name, or {@link #FREE_QUERY}
 * @param query what is selected, as it was sent
 * @param filters as they were sent, a JSON array
 * @param lastPausedAt also after the pause
 * @param version counts changes of the record
 */
public record Export(
    UUID id,
    UUID organization,
    UUID project,
    String name,
    String model,
    Destination destination,
    Schedule schedule,
    Optional<String> query,
    Optional<String> filters,
    Optional<Instant> lastPausedAt,
    Instant createdAt,
    Instant updatedAt,
    boolean deleted,
    long version) {
  /** The model that is no table: the query says what it is of. */
  public static final String FREE_QUERY = "hogql";

  public boolean paused() {
    return schedule.pausedAt().isPresent();
  }

  /** What callers can set. */
  public record Settings(
      String name,
      String model,
      Destination destination,
      Grid grid,
      boolean paused,
      Optional<Instant> startAt,
      Optional<Instant> endAt,
      Optional<String> query,
      Optional<String> filters) {}

  public Settings settings() {
    return new Settings(
        name,
        model,
        destination,
        schedule.grid(),
        paused(),
        schedule.startAt(),
        schedule.endAt(),
        query,
        filters);
  }

  static Export made(UUID id, UUID organization, UUID project, Settings settings, Instant now) {
    Schedule schedule =
        Schedule.beginning(settings.grid(), settings.startAt(), settings.endAt(), now);
    return new Export(
        id,
        organization,
        project,
        settings.name(),
        settings.model(),
        settings.destination(),
        settings.paused() ? schedule.paused(now) : schedule,
        settings.query(),
        settings.filters(),
        settings.paused() ? Optional.of(now) : Optional.empty(),
        now,
        now,
        false,
        1);
  }

  Export with(Settings settings, Instant now) {
    Schedule changed = schedule.changed(settings.grid(), settings.startAt(), settings.endAt(), now);
    boolean pauses = settings.paused() && !paused();
    Schedule next = changed;
    if (pauses) {
      next = changed.paused(now);
    } else if (!settings.paused() && paused()) {
      next = changed.resumed(now);
    }
    return new Export(
        id,
        organization,
        project,
        settings.name(),
        settings.model(),
        settings.destination(),
        next,
        settings.query(),
        settings.filters(),
        pauses ? Optional.of(now) : lastPausedAt,
        createdAt,
        now,
        deleted,
        version);
  }

  /** Unchanged if it is paused. */
  Export pausedNow(Instant now) {
    return paused() ? this : scheduled(s -> s.paused(now), Optional.of(now), now);
  }

  /** Unchanged if it is not paused. */
  Export resumedNow(Instant now) {
    return paused() ? scheduled(s -> s.resumed(now), lastPausedAt, now) : this;
  }

  /** Boundaries were passed, which callers do not see. */
  Export passed(Schedule next) {
    return scheduled(s -> next, lastPausedAt, updatedAt);
  }

  private Export scheduled(
      UnaryOperator<Schedule> change, Optional<Instant> pausedAt, Instant changedAt) {
    return new Export(
        id,
        organization,
        project,
        name,
        model,
        destination,
        change.apply(schedule),
        query,
        filters,
        pausedAt,
        createdAt,
        changedAt,
        deleted,
        version);
  }

  Export deletedNow(Instant now) {
    return new Export(
        id,
        organization,
        project,
        name,
        model,
        destination,
        schedule,
        query,
        filters,
        lastPausedAt,
        createdAt,
        now,
        true,
        version);
  }

  public Export withVersion(long newVersion) {
    return new Export(
        id,
        organization,
        project,
        name,
        model,
        destination,
        schedule,
        query,
        filters,
        lastPausedAt,
        createdAt,
        updatedAt,
        deleted,
        newVersion);
  }
}

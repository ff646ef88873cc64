package io.penstock.control.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A movement of data as it is recorded.
 *
 * @param dialect the API it was made through, for example {@code hydrolix}
 * @param submitted the settings as they were sent, JSON, for that dialect alone
 * @param changedAt of the last change of state
 * @param startedAt when it first ran
 * @param finishedAt of the final state; absent while there is none
 * @param elapsedBefore how long earlier attempts were active, from creation or retry to a final
 *     state
 * @param clockStartedAt since when it has been active again: creation or the last retry
 * @param state of the last attempt
 * @param attempts oldest first, at least one
 * @param errors newest last, at most 100
 * @param receipt of the last cancel
 * @param pausing whether the stop that is asked for, or has been made, is until further notice
 * @param failure of the last attempt, if it failed
 * @param version counts changes of the record
 */
public record Job(
    UUID id,
    UUID organization,
    String name,
    Optional<String> description,
    String dialect,
    String submitted,
    JobDefinition definition,
    Principal createdBy,
    Principal modifiedBy,
    Instant createdAt,
    Instant modifiedAt,
    Instant changedAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Duration elapsedBefore,
    Instant clockStartedAt,
    JobState state,
    List<Attempt> attempts,
    Progress progress,
    List<String> errors,
    List<String> warnings,
    Optional<CancelReceipt> receipt,
    boolean cancelRequested,
    boolean pausing,
    Optional<FailureKind> failure,
    long version) {
  public Job {
    attempts = List.copyOf(attempts);
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  public Attempt attempt() {
    return attempts.get(attempts.size() - 1);
  }

  /** How long it has been active, over all attempts. */
  public Duration elapsed(Instant now) {
    return elapsedBefore.plus(Duration.between(clockStartedAt, finishedAt.orElse(now)));
  }

  /** A copy of which some things can be changed. */
  Changes change() {
    return new Changes(this);
  }

  public Job withVersion(long newVersion) {
    Changes changes = change();
    changes.version = newVersion;
    return changes.make();
  }
}

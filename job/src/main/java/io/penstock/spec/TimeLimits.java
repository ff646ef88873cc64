package io.penstock.spec;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What of a timestamp is kept, and which timestamps are.
 *
 * @param precision what is finer is cut off downwards
 * @param first inclusive
 * @param last inclusive
 * @param required whether a row whose time is outside is rejected; it is null otherwise
 * @param notAfter what is later than this, though not than {@code last}, lies too far in the future
 * @param maxAhead how far a time may lie after its task was planned, where that makes {@code
 *     notAfter} another one for each task
 */
public record TimeLimits(
    Precision precision,
    Instant first,
    Instant last,
    boolean required,
    Optional<Instant> notAfter,
    Optional<Duration> maxAhead) {
  /** The smallest difference between two timestamps. */
  public enum Precision {
    SECONDS(1_000_000),
    MILLISECONDS(1_000),
    MICROSECONDS(1);

    private final long micros;

    Precision(long micros) {
      this.micros = micros;
    }

    /** In microseconds. */
    public long micros() {
      return micros;
    }
  }

  public TimeLimits {
    Check.that(precision != null, "precision must be given");
    Check.that(first != null && last != null, "first and last must be given");
    Check.that(!last.isBefore(first), "last must not be before first but was %s", last);
    Check.that(
        notAfter.isEmpty() || required, "notAfter must be absent where a time is not required");
    Check.that(
        maxAhead.isEmpty() || required, "maxAhead must be absent where a time is not required");
  }

  /** Whatever the task, the same times are kept. */
  public TimeLimits(
      Precision precision,
      Instant first,
      Instant last,
      boolean required,
      Optional<Instant> notAfter) {
    this(precision, first, last, required, notAfter, Optional.empty());
  }

  /** Whatever lies in the future is kept. */
  public TimeLimits(Precision precision, Instant first, Instant last, boolean required) {
    this(precision, first, last, required, Optional.empty());
  }

  /** As they are for a task planned then. */
  TimeLimits plannedAt(Instant planned) {
    return new TimeLimits(
        precision, first, last, required, maxAhead.map(planned::plus).or(() -> notAfter));
  }

  /** The latest time that is kept; it may be before the first. */
  public Instant latest() {
    return notAfter.filter(last::isAfter).orElse(last);
  }
}

package io.penstock.control.export;

import io.penstock.spec.Check;
import java.time.Instant;
import java.util.Optional;

/**
 * The rows of a run: from the start, up to and without the end.
 *
 * @param start absent for all rows before the end
 */
public record DataInterval(Optional<Instant> start, Instant end) {
  public DataInterval {
    Check.that(
        start.isEmpty() || start.get().isBefore(end),
        "start must be before end %s",
        end.toString());
  }

  public static DataInterval of(Instant start, Instant end) {
    return new DataInterval(Optional.of(start), end);
  }
}

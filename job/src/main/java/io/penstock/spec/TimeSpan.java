package io.penstock.spec;

import java.time.Instant;

/**
 * A span of time.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TimeSpan(Instant from, Instant to) {
  public TimeSpan {
    Check.that(from != null && to != null, "from and to must be given");
    Check.that(from.isBefore(to), "from must be before to but was %s", from);
  }

  @Override
  public String toString() {
    return from + "/" + to;
  }
}

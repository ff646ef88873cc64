package io.penstock.spec;

/** The values an integer column accepts, both ends included; a value outside rejects its row. */
public record IntegerRange(long min, long max) {
  public IntegerRange {
    Check.that(min <= max, "min must be at most max but was %d > %d", min, max);
  }
}

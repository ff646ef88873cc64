package io.penstock.spec;

/** The values an integer column accepts, both ends included; a value outside rejects its row. */
public record IntegerRange(long min, long max) {
  /** What signed and unsigned numbers of 64 bits have in common. */
  public static final IntegerRange NOT_NEGATIVE = new IntegerRange(0, Long.MAX_VALUE);

  public IntegerRange {
    Check.that(min <= max, "min must be at most max but was %d > %d", min, max);
  }
}

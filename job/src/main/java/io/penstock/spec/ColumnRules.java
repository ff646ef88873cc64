package io.penstock.spec;

import java.time.Instant;
import java.util.Optional;

/**
 * How a column's values are converted, where that differs from what is usual for its type.
 *
 * @param denullify whether null becomes the default, or else the type's zero
 * @param emptyIsNull whether an empty JSON string is null in a {@link ColumnType#JSON} column
 * @param timeLimits for {@link ColumnType#TIMESTAMP} only
 * @param elements for {@link ColumnType#JSON} only
 */
public record ColumnRules(
    boolean denullify,
    boolean emptyIsNull,
    Optional<TimeLimits> timeLimits,
    Optional<Elements> elements) {
  /** Nothing differs. */
  public static final ColumnRules USUAL =
      new ColumnRules(false, false, Optional.empty(), Optional.empty());

  public ColumnRules {
    Check.that(timeLimits != null && elements != null, "timeLimits and elements must be given");
  }

  ColumnRules plannedAt(Instant planned) {
    return new ColumnRules(
        denullify, emptyIsNull, timeLimits.map(limits -> limits.plannedAt(planned)), elements);
  }
}

package io.penstock.control.job;

import io.penstock.spec.Check;
import io.penstock.spec.TimeSpan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a job whose rows become visible all at once insists on before they do.
 *
 * @param maxRejects rows that may be rejected, over all tasks; absent for any number
 * @param needsTime whether a row without a time fails the job rather than being rejected
 * @param needsRows whether a job that loads no row fails
 * @param maxSlots slots it takes at most, where the server would give it more
 * @param replaces what its rows take the place of; absent to add them
 * @param countsWarnings whether rows of which something was lost count as rejected ones do
 * @param limits how large the job may be; absent for any size
 */
public record LoadRules(
    OptionalLong maxRejects,
    boolean needsTime,
    boolean needsRows,
    OptionalInt maxSlots,
    Optional<Replacement> replaces,
    boolean countsWarnings,
    Optional<LoadLimits> limits) {
  /** Nothing is insisted on. */
  public static final LoadRules NONE =
      new LoadRules(OptionalLong.empty(), false, false, OptionalInt.empty(), Optional.empty());

  /** Only rejected rows count. */
  public LoadRules(
      OptionalLong maxRejects,
      boolean needsTime,
      boolean needsRows,
      OptionalInt maxSlots,
      Optional<Replacement> replaces) {
    this(maxRejects, needsTime, needsRows, maxSlots, replaces, false, Optional.empty());
  }

  public LoadRules {
    Check.that(maxRejects != null && replaces != null, "maxRejects and replaces must be given");
    Check.that(
        maxSlots.isEmpty() || maxSlots.getAsInt() > 0,
        "maxSlots must be positive but was %s",
        maxSlots);
    // Absent in what was written before there were any.
    limits = limits == null ? Optional.empty() : limits;
  }

  /**
   * Rows that go when the job's rows come.
   *
   * @param intervals of the table's time; empty for all rows
   * @param withoutInput whether they go even if no input was found
   */
  public record Replacement(List<TimeSpan> intervals, boolean withoutInput) {
    public Replacement {
      intervals = List.copyOf(intervals);
    }
  }
}

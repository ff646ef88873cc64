package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How far listing has come.
 *
 * @param segments written so far
 * @param tasks planned so far, numbered from 0 without gaps
 * @param objectsListed objects seen, selected or not
 * @param bytesSelected stored bytes of the selected objects
 * @param complete whether listing has ended and the plan is final
 * @param listed whether listing has ended and only tasks that merge are still to be planned
 */
public record PlanSummary(
    int version,
    int segments,
    int tasks,
    long objectsListed,
    long objectsSelected,
    long bytesSelected,
    boolean complete,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean listed) {
  public static final int VERSION = 1;

  public PlanSummary {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
  }

  /** Without tasks that merge. */
  public PlanSummary(
      int version,
      int segments,
      int tasks,
      long objectsListed,
      long objectsSelected,
      long bytesSelected,
      boolean complete) {
    this(version, segments, tasks, objectsListed, objectsSelected, bytesSelected, complete, false);
  }
}

package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/**
 * All that one attempt of a job is told.
 *
 * @param version of this format; a reader refuses any other by number
 * @param title what the job is called in Flink's web UI
 * @param attempt counted from 1; what is written on success does not depend on it
 */
public record JobSpec(
    int version,
    UUID jobId,
    String title,
    int attempt,
    SourceSpec source,
    TransformSpec transform,
    SinkSpec sink,
    FailurePolicy failurePolicy) {
  public static final int VERSION = 1;

  public JobSpec {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    Check.that(jobId != null, "jobId must be given");
    Check.that(title != null && !title.isBlank(), "title must not be blank");
    Check.that(attempt >= 1, "attempt must be at least 1 but was %d", attempt);
    Check.that(source != null, "source must be given");
    Check.that(transform != null, "transform must be given");
    Check.that(sink != null, "sink must be given");
    Check.that(failurePolicy != null, "failurePolicy must be given");
    Check.that(
        transform.rollup().isEmpty()
            || (!sink.dryRun() && failurePolicy != FailurePolicy.FAIL_TASK),
        "a rollup needs what every task writes: no dryRun, and failurePolicy must not be FAIL_TASK");
  }

  /** Whether the job goes on until it is stopped. */
  @JsonIgnore
  public boolean continuous() {
    return source.selection() instanceof ObjectSelection.Arrivals;
  }

  public JobFolder folder() {
    return new JobFolder(sink.jobsPrefix(), jobId);
  }
}

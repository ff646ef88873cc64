package io.penstock.control.job;

import io.penstock.spec.JobSpec;
import io.penstock.spec.export.ExportSpec;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the control API asks of a Flink cluster. Thread-safe; nothing here throws for its answers.
 */
public interface FlinkGateway {
  /** Starts a job under an id of ours; Flink refuses a second one under the same id. */
  SubmitOutcome submit(
      String flinkJobId, JobSpec spec, int parallelism, Optional<String> startFrom);

  /** Starts an export's attempt, in the same way. */
  SubmitOutcome submitExport(String flinkJobId, ExportSpec spec, int parallelism);

  Observation find(String flinkJobId);

  /** Asks for a savepoint and a stop; the same trigger id twice is the same wish. */
  StopOutcome stop(String flinkJobId, UUID triggerId);

  SavepointOutcome savepoint(String flinkJobId, UUID triggerId);

  /** Stops a job without a savepoint; one that is not there is no error. */
  void cancel(String flinkJobId);

  /** Slots nobody uses; empty if Flink cannot be asked. */
  Optional<Integer> freeSlots();

  /** What is known after asking Flink to start a job. */
  sealed interface SubmitOutcome {
    /** Flink has it. */
    record Accepted() implements SubmitOutcome {}

    /**
     * No answer, or one that proves nothing: the job may exist. Look it up before anything else.
     */
    record Unknown(String reason) implements SubmitOutcome {}
  }

  /** What Flink knows of a job. */
  sealed interface Observation {
    /**
     * @param state as Flink calls it
     * @param accumulators by name
     * @param checkpoint path of the newest completed one
     * @param failure the root cause, for a person
     */
    record Found(
        String state,
        Map<String, Long> accumulators,
        Optional<String> checkpoint,
        Optional<String> failure)
        implements Observation {}

    /** Flink answers, and has no such job. */
    record NotFound() implements Observation {}

    /** Flink does not answer. */
    record Unreachable(String reason) implements Observation {}
  }

  /** What is known after asking for a stop. */
  enum StopOutcome {
    ACCEPTED,
    UNKNOWN
  }

  /** How a savepoint stands. */
  sealed interface SavepointOutcome {
    /** Not done yet, or not known. */
    record Pending() implements SavepointOutcome {}

    record Completed(String path) implements SavepointOutcome {}

    record Failed(String reason) implements SavepointOutcome {}
  }
}

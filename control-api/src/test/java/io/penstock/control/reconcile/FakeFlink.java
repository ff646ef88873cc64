package io.penstock.control.reconcile;

import io.penstock.control.job.FlinkGateway;
import io.penstock.spec.JobSpec;
import io.penstock.spec.export.ExportSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A Flink cluster that can lose replies, jobs and itself. */
final class FakeFlink implements FlinkGateway {
  private final Map<String, String> states = new HashMap<>();
  private final Map<UUID, SavepointOutcome> savepoints = new HashMap<>();
  private final List<String> started = new ArrayList<>();
  private final List<Optional<String>> startedFrom = new ArrayList<>();
  private Map<String, Long> accumulators = Map.of();
  private final List<Integer> parallelisms = new ArrayList<>();
  private boolean repliesAreLost;
  private boolean requestsAreLost;
  private boolean unreachable;
  private boolean savepointsFail;

  void repliesAreLost(boolean lost) {
    repliesAreLost = lost;
  }

  void requestsAreLost(boolean lost) {
    requestsAreLost = lost;
  }

  void unreachable(boolean is) {
    unreachable = is;
  }

  void savepointsFail() {
    savepointsFail = true;
  }

  /** As after a restart of a JobManager without high availability. */
  void forgetsEverything() {
    states.clear();
  }

  /** What running jobs say that they have counted. */
  void counts(Map<String, Long> counted) {
    accumulators = counted;
  }

  /** As Flink calls it; null for a job that it does not have. */
  String state(String flinkJobId) {
    return states.get(flinkJobId);
  }

  void ends(String flinkJobId, String state) {
    states.put(flinkJobId, state);
  }

  /** Flink job ids in the order in which they were started. */
  List<String> started() {
    return started;
  }

  List<Optional<String>> startedFrom() {
    return startedFrom;
  }

  /** Slots that each start was given. */
  List<Integer> parallelism() {
    return parallelisms;
  }

  @Override
  public SubmitOutcome submitExport(String flinkJobId, ExportSpec spec, int parallelism) {
    throw new UnsupportedOperationException("exports are not reconciled");
  }

  @Override
  public SubmitOutcome submit(
      String flinkJobId, JobSpec spec, int parallelism, Optional<String> startFrom) {
    if (requestsAreLost || unreachable) {
      return new SubmitOutcome.Unknown("no answer");
    }
    if (states.containsKey(flinkJobId)) {
      return new SubmitOutcome.Unknown("Flink answered 500: duplicate");
    }
    states.put(flinkJobId, "RUNNING");
    started.add(flinkJobId);
    startedFrom.add(startFrom);
    parallelisms.add(parallelism);
    return repliesAreLost ? new SubmitOutcome.Unknown("no answer") : new SubmitOutcome.Accepted();
  }

  @Override
  public Observation find(String flinkJobId) {
    if (unreachable) {
      return new Observation.Unreachable("connection refused");
    }
    String state = states.get(flinkJobId);
    return state == null
        ? new Observation.NotFound()
        : new Observation.Found(
            state, accumulators, Optional.of("s3://chk/" + flinkJobId), Optional.of("it broke"));
  }

  @Override
  public StopOutcome stop(String flinkJobId, UUID triggerId) {
    if (savepointsFail) {
      savepoints.put(triggerId, new SavepointOutcome.Failed("not all tasks are running"));
    } else {
      savepoints.put(triggerId, new SavepointOutcome.Completed("s3://sp/" + flinkJobId));
      states.put(flinkJobId, "FINISHED");
    }
    return repliesAreLost ? StopOutcome.UNKNOWN : StopOutcome.ACCEPTED;
  }

  @Override
  public SavepointOutcome savepoint(String flinkJobId, UUID triggerId) {
    return savepoints.getOrDefault(triggerId, new SavepointOutcome.Failed("unknown"));
  }

  @Override
  public void cancel(String flinkJobId) {
    states.put(flinkJobId, "CANCELED");
  }

  @Override
  public Optional<Integer> freeSlots() {
    return unreachable ? Optional.empty() : Optional.of(2);
  }
}

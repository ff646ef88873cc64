package io.penstock.control.reconcile;

import io.penstock.control.job.JobFolders;
import io.penstock.control.job.TableRef;
import io.penstock.spec.Manifest;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** One job's folder, as the Flink job would have left it. */
final class FakeJobFolders implements JobFolders {
  private static final int ROWS = 10;
  private final Map<Integer, TaskRecord> records = new TreeMap<>();
  private final Map<Integer, RejectedRow> rejects = new TreeMap<>();
  private final List<TaskFailure> failures = new ArrayList<>();
  private Optional<PlanSummary> plan = Optional.empty();
  private boolean uploadsStay;
  private boolean runsDeleted;
  private Optional<Manifest> manifest = Optional.empty();

  void planned(int tasks) {
    plan = Optional.of(new PlanSummary(PlanSummary.VERSION, 1, tasks, tasks, tasks, tasks, true));
  }

  void done(int... tasks) {
    for (int task : tasks) {
      records.put(
          task,
          new TaskRecord(
              TaskRecord.VERSION,
              new PlannedTask(task, List.of(new PlannedObject("k" + task, "e", 1))),
              new TaskCounts(ROWS, ROWS, 0, 0, 1, 1, 1),
              List.of(),
              Optional.empty(),
              List.of(),
              List.of()));
    }
  }

  /** A task of which some rows were rejected, all alike. */
  void doneWithRejects(int task, RejectCode code, int count) {
    RejectedRow row =
        new RejectedRow(
            "s3://landing/k" + task,
            7,
            70,
            Optional.empty(),
            code,
            "it is bad",
            Optional.of("{\"id\""),
            Optional.empty());
    rejects.put(task, row);
    records.put(
        task,
        new TaskRecord(
            TaskRecord.VERSION,
            new PlannedTask(task, List.of(new PlannedObject("k" + task, "e", 1))),
            new TaskCounts(ROWS, ROWS - count, 0, count, 1, 1, 1),
            List.of(),
            Optional.of(new RejectFile("r" + task, count, 1, "00", List.of(row))),
            List.of(),
            List.of()));
  }

  /** A task of which some rows have lost something. */
  void doneWithWarnings(int task, int count) {
    records.put(
        task,
        new TaskRecord(
            TaskRecord.VERSION,
            new PlannedTask(task, List.of(new PlannedObject("k" + task, "e", 1))),
            new TaskCounts(ROWS, ROWS, 0, 0, 1, 1, 1, count),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  /** A task with a partition in each of these minutes since the epoch. */
  void doneWithPartitions(int task, int... minutes) {
    List<PartitionFile> files = new ArrayList<>();
    for (int minute : minutes) {
      Instant at = Instant.ofEpochSecond(minute * 60L);
      files.add(new PartitionFile("p" + task, 1, 1, "00", at, at, List.of(4L), List.of()));
    }
    records.put(
        task,
        new TaskRecord(
            TaskRecord.VERSION,
            new PlannedTask(task, List.of(new PlannedObject("k" + task, "e", 1))),
            new TaskCounts(ROWS, ROWS, 0, 0, 1, 1, 1),
            files,
            Optional.empty(),
            List.of(),
            List.of()));
  }

  void failed(TaskFailure failure) {
    failures.add(failure);
  }

  @Override
  public Optional<PlanSummary> plan(UUID jobId) {
    return plan;
  }

  @Override
  public Set<Integer> doneTasks(UUID jobId) {
    return Set.copyOf(records.keySet());
  }

  @Override
  public Set<Integer> doneTasks(UUID jobId, int from) {
    throw new UnsupportedOperationException("of a job without an end");
  }

  @Override
  public void writeSegment(UUID jobId, PlanSegment segment) {
    throw new UnsupportedOperationException("of a job without an end");
  }

  @Override
  public List<TaskRecord> records(UUID jobId, Set<Integer> tasks) {
    return tasks.stream().sorted().map(records::get).toList();
  }

  @Override
  public List<Recorded> recorded(UUID jobId, Set<Integer> tasks) {
    return records(jobId, tasks).stream()
        .map(record -> new Recorded(record, Optional.empty(), Instant.EPOCH))
        .toList();
  }

  @Override
  public Optional<Instant> listed(UUID jobId) {
    return plan.filter(PlanSummary::complete).map(complete -> Instant.EPOCH);
  }

  @Override
  public Set<Integer> tasksWithRejects(UUID jobId) {
    return Set.copyOf(rejects.keySet());
  }

  @Override
  public void rejects(UUID jobId, int task, Consumer<RejectedRow> each) {
    each.accept(rejects.get(task));
  }

  @Override
  public List<TaskFailure> failures(UUID jobId, int attempt) {
    return List.copyOf(failures);
  }

  @Override
  public void writeManifest(Manifest written) {
    manifest = Optional.of(written);
  }

  @Override
  public Optional<Manifest> manifest(UUID jobId) {
    return manifest;
  }

  @Override
  public void deleteRuns(UUID jobId) {
    runsDeleted = true;
  }

  boolean runsDeleted() {
    return runsDeleted;
  }

  void unfinishedUploadsStay() {
    uploadsStay = true;
  }

  @Override
  public int abortUploads(TableRef table, UUID jobId) throws IOException {
    if (uploadsStay) {
      throw new IOException("cannot list uploads");
    }
    return 0;
  }
}

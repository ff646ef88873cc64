package io.penstock.control.job;

import io.penstock.spec.Manifest;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads what jobs leave on S3, see {@link io.penstock.spec.JobFolder}. Thread-safe. */
public interface JobFolders {
  /** Empty before listing has begun. */
  Optional<PlanSummary> plan(UUID jobId) throws IOException;

  /** Numbers of the tasks that have a record. */
  Set<Integer> doneTasks(UUID jobId) throws IOException;

  /** The same, of tasks from this number on. */
  Set<Integer> doneTasks(UUID jobId, int from) throws IOException;

  /** Writes a part of the plan of a job without an end; again is the same as once. */
  void writeSegment(UUID jobId, PlanSegment segment) throws IOException;

  /** The records of these tasks, which exist. */
  List<TaskRecord> records(UUID jobId, Set<Integer> tasks) throws IOException;

  /** The same with their times. */
  List<Recorded> recorded(UUID jobId, Set<Integer> tasks) throws IOException;

  /** When the last of the plan was written; empty if it is not complete. */
  Optional<Instant> listed(UUID jobId) throws IOException;

  /**
   * A task that is done.
   *
   * @param started absent of old records
   */
  record Recorded(TaskRecord record, Optional<Instant> started, Instant finished) {}

  /** Numbers of the tasks that have rejected rows, some of which may have no record yet. */
  Set<Integer> tasksWithRejects(UUID jobId) throws IOException;

  /** Hands over the rejected rows of the task, in the order of the input. */
  void rejects(UUID jobId, int task, Consumer<RejectedRow> each) throws IOException;

  /** What failed in the attempt, the listing first, then tasks by number. */
  List<TaskFailure> failures(UUID jobId, int attempt) throws IOException;

  void writeManifest(Manifest manifest) throws IOException;

  Optional<Manifest> manifest(UUID jobId) throws IOException;

  /** Removes what tasks left to be merged, which a finished job no longer needs. */
  void deleteRuns(UUID jobId) throws IOException;

  /** Gives up uploads that the job began and no attempt will complete; returns how many. */
  int abortUploads(TableRef table, UUID jobId) throws IOException;
}

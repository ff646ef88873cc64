package io.penstock.control.reconcile;

import io.penstock.control.job.FailureKind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobFolders;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a job's folder says at one moment.
 *
 * @param records of all tasks that are done
 * @param failures of the last attempt, but for tasks that were done after all
 */
record Books(Optional<PlanSummary> plan, List<TaskRecord> records, List<TaskFailure> failures) {
  Books {
    records = List.copyOf(records);
    failures = List.copyOf(failures);
  }

  /**
   * Of a job without an end, failures only: whoever feeds it keeps the accounts of its tasks, which
   * become ever more.
   */
  static Books read(JobFolders folders, Job job) throws IOException {
    if (job.definition().continuous()) {
      return new Books(
          Optional.empty(), List.of(), folders.failures(job.id(), job.attempt().number()));
    }
    Set<Integer> done = folders.doneTasks(job.id());
    List<TaskFailure> failures =
        folders.failures(job.id(), job.attempt().number()).stream()
            .filter(f -> f.task().isEmpty() || !done.contains(f.task().getAsInt()))
            .toList();
    return new Books(folders.plan(job.id()), folders.records(job.id(), done), failures);
  }

  TaskCounts counts() {
    return records.stream().map(TaskRecord::counts).reduce(TaskCounts.ZERO, TaskCounts::plus);
  }

  int planned() {
    return plan.map(PlanSummary::tasks).orElse(0);
  }

  int failedTasks() {
    return (int) failures.stream().filter(failure -> failure.task().isPresent()).count();
  }

  /** Whether the plan is final and each of its tasks has ended, well or not. */
  boolean allEnded() {
    Set<Integer> ended = new HashSet<>();
    records.forEach(record -> ended.add(record.task().number()));
    failures.forEach(failure -> failure.task().ifPresent(ended::add));
    return plan.isPresent() && plan.get().complete() && ended.size() == planned();
  }

  long partitions() {
    return records.stream().mapToLong(record -> record.partitions().size()).sum();
  }

  /**
   * How many buckets of time have rows.
   *
   * @param width of a bucket, from the epoch on
   */
  long timeBuckets(Duration width) {
    return records.stream()
        .flatMap(record -> record.partitions().stream())
        .map(file -> Math.floorDiv(file.minTime().getEpochSecond(), width.toSeconds()))
        .distinct()
        .count();
  }

  long rejectFiles() {
    return records.stream()
        .filter(record -> record.rejects().filter(file -> !file.key().isEmpty()).isPresent())
        .count();
  }

  List<String> warnings() {
    return records.stream()
        .flatMap(
            record ->
                Stream.concat(
                    record.warnings().stream(),
                    record.skipped().stream().map(s -> s.url() + " was skipped: " + s.reason())))
        .limit(100)
        .toList();
  }

  /** Of what the first failure is. */
  FailureKind failureKind() {
    return failures.stream()
        .findFirst()
        .map(
            failure ->
                switch (failure.code()) {
                  case NOT_FOUND, ACCESS_DENIED, OBJECT_CHANGED -> FailureKind.SOURCE_UNREACHABLE;
                  case UNREADABLE -> FailureKind.SOURCE_UNREADABLE;
                  case OTHER -> FailureKind.OTHER;
                })
        .orElse(FailureKind.OTHER);
  }

  /** One sentence each, for the job's errors. */
  List<String> errors() {
    return failures.stream()
        .map(
            failure ->
                "%s %s: %s"
                    .formatted(
                        failure.task().isPresent() ? "INDEX " + failure.task().getAsInt() : "LIST",
                        failure.subject(),
                        failure.reason()))
        .toList();
  }
}

package io.penstock.spec;

import java.util.OptionalInt;
import java.util.UUID;

/**
 * The keys of what a job leaves beside its partitions.
 *
 * @param jobsPrefix key prefix of all jobs' folders, ending in {@code /}
 */
public record JobFolder(String jobsPrefix, UUID jobId) {
  /** Metadata of a task's record: when the task was started, in ISO 8601. */
  public static final String STARTED = "started";

  public JobFolder {
    Check.that(jobsPrefix.endsWith("/"), "jobsPrefix must end in / but was %s", jobsPrefix);
    Check.that(jobId != null, "jobId must be given");
  }

  public String prefix() {
    return jobsPrefix + jobId + "/";
  }

  /** {@link PlanSegment}; written once, before its tasks are handed out. */
  public String planSegment(int segment) {
    return "%splan/%08d.json".formatted(prefix(), segment);
  }

  /** {@link PlanSummary}; overwritten after each segment. */
  public String planSummary() {
    return prefix() + "plan/summary.json";
  }

  public String taskRecords() {
    return prefix() + "tasks/";
  }

  /** {@link TaskRecord}; its existence is what makes the task done. */
  public String taskRecord(int task) {
    return "%s%08d.json".formatted(taskRecords(), task);
  }

  /** The task that a key below {@link #taskRecords()} belongs to; empty for any other key. */
  public OptionalInt taskOfRecord(String key) {
    String folder = taskRecords();
    if (!key.startsWith(folder) || !key.endsWith(".json")) {
      return OptionalInt.empty();
    }
    String number = key.substring(folder.length(), key.length() - ".json".length());
    return number.matches("\\d{8,9}")
        ? OptionalInt.of(Integer.parseInt(number))
        : OptionalInt.empty();
  }

  /** The task's rejected rows, one {@link RejectedRow} a line, gzip. */
  public String rejects(int task) {
    return "%srejects/%08d.ndjson.gz".formatted(prefix(), task);
  }

  /** All that {@link #run} names. */
  public String runs() {
    return prefix() + "runs/";
  }

  /** Rows of the task and time bucket that are to be merged; see {@link RunFile}. */
  public String run(int task, long timeBucket) {
    return "%s%08d/%d.gz".formatted(runs(), task, timeBucket);
  }

  public String failures(int attempt) {
    return "%sfailures/%d/".formatted(prefix(), attempt);
  }

  /** {@link TaskFailure} of a task in an attempt. */
  public String taskFailure(int attempt, int task) {
    return "%s%08d.json".formatted(failures(attempt), task);
  }

  /** {@link TaskFailure} of the listing in an attempt. */
  public String listFailure(int attempt) {
    return failures(attempt) + "list.json";
  }

  /** {@link Manifest}; written last, its absence means that the job is not complete. */
  public String manifest() {
    return prefix() + "manifest.json";
  }
}

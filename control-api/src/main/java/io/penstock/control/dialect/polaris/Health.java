package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.FailureKind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobState;
import io.penstock.spec.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a job is, in the product's words. Pure.
 *
 * @param code empty if it is well
 * @param message explains the code
 * @param since when the job was found so
 */
record Health(String status, String code, String message, Instant since) {
  /** Without Flink, or a place in it, for so long nobody can say that the job is well. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static Health of(Job job, Instant now) {
    if (job.state() == JobState.CANCELED && !job.pausing()) {
      return new Health(
          "error", "canceled", "Canceled by " + job.modifiedBy().name() + ".", end(job));
    }
    if (job.state() == JobState.FAILED) {
      return new Health(
          "error",
          failureCode(job.failure().orElse(FailureKind.OTHER)),
          job.errors().isEmpty() ? "No reason is known." : job.errors().get(0),
          end(job));
    }
    List<Health> warnings = new ArrayList<>();
    TaskCounts counts = job.progress().counts();
    if (counts.rowsRejected() > 0 || counts.rowsWithWarning() > 0) {
      warnings.add(
          warning(
              job,
              "invalid_rows_found",
              "%d rows were rejected, and of %d something was lost."
                  .formatted(counts.rowsRejected(), counts.rowsWithWarning())));
    }
    if (job.state() == JobState.FINISHED && counts.rowsWritten() == 0) {
      warnings.add(warning(job, "no_rows_found", "No row was loaded."));
    }
    if (waits(job) && job.changedAt().plus(PATIENCE).isBefore(now)) {
      warnings.add(
          warning(
              job,
              "unable_to_proceed",
              "The engine has had no place for the job, or cannot be asked about it, for more than"
                  + " 5 minutes."));
    }
    return switch (warnings.size()) {
      case 0 -> new Health("ok", "", "", job.changedAt());
      case 1 -> warnings.get(0);
      default ->
          warning(
              job, "multiple", String.join(" ", warnings.stream().map(Health::message).toList()));
    };
  }

  private static boolean waits(Job job) {
    return switch (job.state()) {
      case QUEUED, SUBMITTING, RECONCILING -> true;
      case RUNNING, CANCELLING, FINISHED, FAILED, CANCELED -> false;
    };
  }

  private static Health warning(Job job, String code, String message) {
    return new Health("warn", code, message, job.changedAt());
  }

  private static Instant end(Job job) {
    return job.finishedAt().orElse(job.changedAt());
  }

  private static String failureCode(FailureKind kind) {
    return switch (kind) {
      case TOO_MANY_REJECTS, SOURCE_UNREADABLE -> "cannot_parse_source";
      case NULL_TIME -> "null_timestamp";
      case NO_ROWS -> "no_rows_ingested";
      case SOURCE_UNREACHABLE -> "could_not_connect_to_source";
      case TOO_MANY_OBJECTS -> "too_many_input_files";
      case TOO_MANY_BUCKETS -> "too_many_time_buckets";
      case TOO_MANY_PARTITIONS -> "too_many_partitions";
      case OTHER -> "internal_error";
    };
  }

  /** In a list. */
  ObjectNode summary() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", status);
    if (!code.isEmpty()) {
      json.put("code", code);
    }
    if (status.equals("error")) {
      json.put("message", message);
    }
    return json;
  }

  /** With the entry of the log that explains it. */
  ObjectNode full() {
    ObjectNode json = summary();
    if (!code.isEmpty()) {
      json.putObject("log")
          .put("timestamp", PolarisJobJson.timestamp(since))
          .put("healthStatus", status)
          .put("code", code)
          .put("message", message);
    }
    return json;
  }
}

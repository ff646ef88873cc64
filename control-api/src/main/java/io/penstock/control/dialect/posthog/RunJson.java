package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.export.ExportRun;
import io.penstock.control.export.RunState;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A run as the product shows it. Pure. */
final class RunJson {
  /** The product's, which no run here ever has. */
  static final Set<String> NEVER = Set.of("FailedBilling", "ContinuedAsNew");

  private RunJson() {}

  static String status(RunState state) {
    return switch (state) {
      case STARTING -> "Starting";
      case RUNNING -> "Running";
      case COMPLETED -> "Completed";
      case CANCELLED -> "Cancelled";
      case FAILED -> "Failed";
      case FAILED_RETRYABLE -> "FailedRetryable";
      case TERMINATED -> "Terminated";
      case TIMED_OUT -> "TimedOut";
    };
  }

  static Optional<RunState> state(String status) {
    return Arrays.stream(RunState.values()).filter(s -> status(s).equals(status)).findFirst();
  }

  static ObjectNode of(ExportRun run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", run.id().toString()).put("batch_export", run.export().toString());
    json.putNull("batch_export_on_demand");
    json.put("backfill", run.backfill().map(Object::toString).orElse(null));
    json.put("status", status(run.state()));
    ExportJson.put(json, "data_interval_start", run.interval().start());
    json.put("data_interval_end", Times.text(run.interval().end()));
    json.put("records_completed", run.counts().rows().orElse(null)).putNull("records_failed");
    json.put("records_total_count", run.counts().total().orElse(null));
    json.put("bytes_exported", run.counts().bytes().orElse(null));
    json.put("latest_error", run.latestError().orElse(null)).putNull("cursor");
    json.put("created_at", Times.text(run.createdAt()));
    ExportJson.put(json, "finished_at", run.finishedAt());
    json.put("last_updated_at", Times.text(run.updatedAt()));
    return json;
  }
}

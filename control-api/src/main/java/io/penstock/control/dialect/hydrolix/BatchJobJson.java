package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.Progress;
import io.penstock.control.job.Progress.TaskState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A job as the product shows it. Pure. */
final class BatchJobJson {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int JOB_ID_DIGITS = 16;
  private static final int FRACTION_DIGITS = 4;

  private BatchJobJson() {}

  static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }

  /** A cancel shows at once; the work behind it may still be stopping. */
  static String status(Job job) {
    if (job.cancelRequested() && !job.state().isFinal()) {
      return "canceled";
    }
    return switch (job.state()) {
      case QUEUED -> "ready";
      case SUBMITTING, RECONCILING -> "pending";
      case RUNNING -> "running";
      // It is taken up again as soon as it has stopped.
      case CANCELLING -> "ready";
      case CANCELED -> "canceled";
      case FINISHED -> "done";
      case FAILED -> "failed";
    };
  }

  static ObjectNode of(Job job, Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", job.name());
    json.put("description", job.description().orElse(null));
    json.put("uuid", job.id().toString());
    json.put("created", timestamp(job.createdAt()));
    json.put("modified", timestamp(job.changedAt()));
    json.set("settings", settings(job));
    json.put("status", status(job));
    json.put("type", "batch_import");
    json.put("org", job.organization().toString());
    json.set("details", details(job, now));
    json.putObject("created_by_user")
        .put("uuid", job.createdBy().id().toString())
        .put("username", job.createdBy().name());
    return json;
  }

  private static JsonNode settings(Job job) {
    return Requests.parse(job.submitted());
  }

  private static ObjectNode details(Job job, Instant now) {
    Progress progress = job.progress();
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    texts(details.putArray("errors"), job.errors());
    details.put("job_id", job.attempt().flinkJobId().substring(0, JOB_ID_DIGITS));
    details.put("duration_ms", job.elapsed(now).toMillis());
    ObjectNode status = details.putObject("status_detail");
    ObjectNode tasks = status.putObject("tasks");
    tasks.putObject("LIST").put(progress.listing().name(), 1);
    if (!progress.tasks().isEmpty()) {
      ObjectNode index = tasks.putObject("INDEX");
      for (TaskState state : TaskState.values()) {
        Integer count = progress.tasks().get(state);
        if (count != null) {
          index.put(state.name(), count);
        }
      }
    }
    status.put("estimated", progress.estimated());
    percent(status, progress.fraction());
    ArrayNode warnings = details.putArray("warnings");
    job.definition().warnings().ifPresent(own -> texts(warnings, own));
    texts(warnings, job.warnings());
    job.receipt()
        .ifPresent(
            receipt ->
                details
                    .putObject("cancel_receipt")
                    .put("tasks_done", receipt.tasksDone())
                    .put("tasks_given_up", receipt.tasksGivenUp())
                    .put("tasks_untouched", receipt.tasksUntouched())
                    .put("savepoint", receipt.savepoint())
                    .put("note", receipt.note()));
    counters(details.putObject("counters"), progress);
    return details;
  }

  /** The ends are integers. */
  private static void percent(ObjectNode status, double fraction) {
    BigDecimal rounded = BigDecimal.valueOf(fraction).setScale(FRACTION_DIGITS, RoundingMode.DOWN);
    if (fraction == 0 || fraction == 1) {
      status.put("percent_complete", (int) fraction);
    } else {
      status.put("percent_complete", rounded);
    }
  }

  private static void counters(ObjectNode counters, Progress progress) {
    counters
        .put("files_listed", progress.objectsListed())
        .put("files_selected", progress.objectsSelected())
        .put("files_done", progress.counts().objects())
        .put("bytes_selected", progress.bytesSelected())
        .put("bytes_read", progress.counts().storedBytes())
        .put("rows_read", progress.counts().rowsRead())
        .put("rows_written", progress.counts().rowsWritten())
        .put("rows_filtered", progress.counts().rowsFiltered())
        .put("rows_rejected", progress.counts().rowsRejected())
        .put("rows_with_warning", progress.counts().rowsWithWarning())
        .put("partitions", progress.partitions())
        .put("reject_files", progress.rejectFiles());
  }

  private static void texts(ArrayNode array, Iterable<String> texts) {
    texts.forEach(array::add);
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobEvent;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.Progress;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What happened in a job: events, oldest first, and before its end the rows it rejected. */
final class JobLog {
  private static final int ROWS_A_CODE = 100;
  private static final int MAX_ROW = 2 * 1024;
  private static final Set<String> ENDS = Set.of("completed", "failed", "canceled");

  private final Job job;
  private final List<ObjectNode> entries = new ArrayList<>();

  private JobLog(Job job) {
    this.job = job;
  }

  static ObjectNode of(Job job, List<JobEvent> events, JsonNode context, JobFolders folders)
      throws IOException {
    JobLog log = new JobLog(job);
    for (JobEvent event : events) {
      log.add(event);
    }
    for (String key : ContextKeys.unknown(context)) {
      log.add(
          Optional.of(job.createdAt()),
          "warn",
          "unknown_context_key",
          "The context key " + key + " is not known and has no effect.");
    }
    List<ObjectNode> rows = log.rows(folders);
    int size = log.entries.size();
    boolean ended = size > 0 && ENDS.contains(log.entries.get(size - 1).path("code").asText());
    log.entries.addAll(ended ? size - 1 : size, rows);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("logs");
    log.entries.forEach(list::add);
    return json;
  }

  private void add(JobEvent event) {
    String what = event.what();
    Optional<Instant> at = Optional.of(event.at());
    switch (what) {
      case "created" -> add(at, "ok", "created", "Created by " + event.who() + ".");
      case "running" -> started(at);
      case "pause requested" -> add(at, "ok", "suspending", "Suspended by " + event.who() + ".");
      case "cancel requested" -> add(at, "ok", "canceling", "Canceled by " + event.who() + ".");
      case "retry requested" -> add(at, "ok", "resumed", "Resumed by " + event.who() + ".");
      case "finished" -> add(at, "ok", "completed", "All rows are visible in the table.");
      case "canceled" -> stopped(at);
      case "failed" -> add(at, "error", "failed", String.join(" ", job.errors()));
      case "Flink does not answer", "not seen" ->
          add(at, "warn", "unable_to_proceed", "The engine cannot be asked about the job.");
      default -> {
        if (what.endsWith("next attempt") || what.startsWith("cannot start from")) {
          add(at, "warn", "restarted", "Another attempt does what is left.");
        }
      }
    }
  }

  private void started(Optional<Instant> at) {
    add(at, "ok", "started", "Reading began.");
    Progress progress = job.progress();
    boolean first = entries.stream().noneMatch(e -> e.path("code").asText().equals("planned"));
    if (first && progress.listing() == Progress.TaskState.DONE) {
      add(
          Optional.empty(),
          "ok",
          "planned",
          "%d objects, %d bytes as they are stored."
              .formatted(progress.objectsSelected(), progress.bytesSelected()));
    }
  }

  private void stopped(Optional<Instant> at) {
    String note = job.receipt().map(receipt -> receipt.note()).orElse("");
    add(at, "ok", job.pausing() ? "suspended" : "canceled", note);
  }

  private void add(Optional<Instant> at, String status, String code, String message) {
    entries.add(entry(at, status, code, message));
  }

  private static ObjectNode entry(
      Optional<Instant> at, String status, String code, String message) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    at.ifPresent(time -> entry.put("timestamp", PolarisJobJson.timestamp(time)));
    return entry.put("healthStatus", status).put("code", code).put("message", message);
  }

  /** The first of each code, and then how many there are of it. */
  private List<ObjectNode> rows(JobFolders folders) throws IOException {
    List<ObjectNode> rows = new ArrayList<>();
    Map<RejectCode, Long> counts = new EnumMap<>(RejectCode.class);
    Set<Integer> tasks = new TreeSet<>(folders.tasksWithRejects(job.id()));
    Set<Integer> done = folders.doneTasks(job.id());
    tasks.retainAll(done);
    for (TaskRecord record : folders.records(job.id(), done)) {
      rows.addAll(notes(record));
    }
    for (int task : tasks) {
      folders.rejects(
          job.id(),
          task,
          row -> {
            if (counts.merge(row.code(), 1L, Long::sum) <= ROWS_A_CODE) {
              rows.add(row(row));
            }
          });
    }
    counts.forEach(
        (code, count) ->
            rows.add(
                entry(
                    Optional.empty(),
                    "warn",
                    code.name().toLowerCase(Locale.ROOT),
                    count + " rows were rejected for this reason.")));
    return rows;
  }

  /** What a task says beside its rows. */
  private static List<ObjectNode> notes(TaskRecord record) {
    List<ObjectNode> notes = new ArrayList<>();
    for (TaskRecord.SkippedObject object : record.skipped()) {
      notes.add(
          entry(
              Optional.empty(),
              "warn",
              "object_unreadable",
              object.url() + " was left out: " + object.reason()));
    }
    for (String warning : record.warnings()) {
      notes.add(entry(Optional.empty(), "warn", "warning", warning));
    }
    return notes;
  }

  private static ObjectNode row(RejectedRow row) {
    ObjectNode entry =
        entry(
            Optional.empty(),
            "warn",
            row.code().name().toLowerCase(Locale.ROOT),
            "%s line %d: %s; row rejected".formatted(row.object(), row.line(), row.reason()));
    ObjectNode details = entry.putObject("details");
    details
        .put("object", row.object())
        .put("line", row.line())
        .put("byteOffset", row.byteOffset())
        .put("column", row.column().orElse(null));
    row.row().ifPresent(text -> details.put("row", cut(text)));
    row.rowBase64().ifPresent(text -> details.put("rowBase64", cut(text)));
    return entry;
  }

  /** A multiple of four, so that base64 stays whole. */
  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), MAX_ROW));
  }
}

package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobFolders;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskRecord;
import io.penstock.spec.TransformSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rejected rows of a job's committed tasks, in the order of the input. A file is read only if
 * rows of it are shown, or must be counted by kind.
 */
final class JobRejects {
  private final Job job;
  private final String transformId;
  private final JobFolders folders;

  /**
   * @param transformId empty when the job took the table's default
   */
  JobRejects(Job job, String transformId, JobFolders folders) {
    this.job = job;
    this.transformId = transformId;
    this.folders = folders;
  }

  /**
   * One page.
   *
   * @param count of all pages together
   */
  record Page(long count, List<ObjectNode> rows) {}

  /**
   * @param kind only of this kind
   * @param task only of this task
   */
  Page page(Optional<String> kind, OptionalInt task, Pages.Wanted wanted) throws IOException {
    Set<Integer> tasks = new TreeSet<>(folders.tasksWithRejects(job.id()));
    task.ifPresent(one -> tasks.retainAll(Set.of(one)));
    tasks.retainAll(folders.doneTasks(job.id()));
    Collected collected = new Collected(kind, wanted);
    for (TaskRecord record : folders.records(job.id(), tasks)) {
      int number = record.task().number();
      long rows = record.rejects().map(RejectFile::rows).orElse(0L);
      if (kind.isPresent() || collected.shows(rows)) {
        folders.rejects(job.id(), number, row -> collected.add(number, row));
      } else {
        collected.seen += rows;
      }
    }
    return new Page(collected.seen, collected.rows);
  }

  /** What of the rows that pass by belongs to the page. */
  private final class Collected {
    private final Optional<String> kind;
    private final Pages.Wanted wanted;
    private final List<ObjectNode> rows = new ArrayList<>();
    private long seen;

    Collected(Optional<String> kind, Pages.Wanted wanted) {
      this.kind = kind;
      this.wanted = wanted;
    }

    boolean shows(long next) {
      return seen < wanted.to() && seen + next > wanted.from();
    }

    void add(int task, RejectedRow row) {
      if (kind.isPresent() && !kind.get().equals(kind(row))) {
        return;
      }
      if (seen >= wanted.from() && seen < wanted.to()) {
        rows.add(json(task, row));
      }
      seen++;
    }
  }

  private ObjectNode json(int task, RejectedRow row) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("project_id", job.definition().table().projectId().toString());
    json.put("table_id", job.definition().table().tableId().toString());
    json.put("transform_id", transformId);
    json.putArray("data").add(data(row));
    json.put("reason", row.reason());
    json.put("job_id", job.id().toString());
    json.put("task", task);
    json.put("input_filename", row.object());
    json.put("row", row.line());
    json.put("kind", kind(row));
    return json;
  }

  /**
   * A JSON object as such, a CSV record by columns; what is neither as text, bytes that are no text
   * as base64.
   */
  private JsonNode data(RejectedRow row) {
    String text = row.row().or(row::rowBase64).orElse("");
    TransformSpec transform = job.definition().transform();
    boolean framed = row.row().isPresent() && !kind(row).equals("framing");
    if (framed && transform.format() instanceof RecordFormat.Csv csv) {
      return new RejectedCsv(csv, transform.columns()).byColumn(text);
    }
    return Requests.json(text)
        .filter(JsonNode::isObject)
        .orElseGet(() -> JsonNodeFactory.instance.textNode(text));
  }

  private String kind(RejectedRow row) {
    boolean primary =
        row.column().filter(job.definition().transform().timeColumn()::equals).isPresent();
    return switch (row.code()) {
      case MALFORMED_ROW, NOT_AN_OBJECT, INVALID_UTF8, ROW_TOO_LARGE -> "framing";
      case NULL_TIMESTAMP -> "primary";
      case EXPRESSION_ERROR -> "format";
      case FUTURE_TIMESTAMP -> "future";
      case TYPE_MISMATCH, VALUE_OUT_OF_RANGE -> primary ? "primary" : "format";
    };
  }
}

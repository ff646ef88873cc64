package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.JobFolders;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rejected rows of a job's committed tasks, in the order of the input, some at a time. A file
 * is read only if rows of it are shown.
 */
final class RejectPage {
  private static final int MOST = 1_000;
  private static final int USUAL = 100;

  /** Task, and rows of it that have been shown. */
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

  private final int limit;
  private final int firstTask;
  private final long rowsShown;
  private final List<RejectedRow> rows = new ArrayList<>();
  private Optional<String> next = Optional.empty();

  private RejectPage(int limit, int firstTask, long rowsShown) {
    this.limit = limit;
    this.firstTask = firstTask;
    this.rowsShown = rowsShown;
  }

  /**
   * @throws PolarisError if a parameter is wrong
   */
  static RejectPage wanted(Optional<String> limit, Optional<String> after) {
    String most = limit.orElse(Integer.toString(USUAL));
    if (!most.matches("\\d{1,4}") || Integer.parseInt(most) < 1 || Integer.parseInt(most) > MOST) {
      throw PolarisError.badArgument("limit", "limit must be from 1 to 1000 but was " + most + ".");
    }
    Matcher cursor = CURSOR.matcher(after.orElse("0-0"));
    if (!cursor.matches()) {
      throw PolarisError.badArgument("after", "after must be the next of an earlier page.");
    }
    return new RejectPage(
        Integer.parseInt(most), Integer.parseInt(cursor.group(1)), Long.parseLong(cursor.group(2)));
  }

  ObjectNode read(UUID job, JobFolders folders) throws IOException {
    Set<Integer> tasks = new TreeSet<>(folders.tasksWithRejects(job));
    tasks.retainAll(folders.doneTasks(job));
    tasks.removeIf(task -> task < firstTask);
    for (TaskRecord record : folders.records(job, tasks)) {
      if (next.isEmpty()) {
        long count = record.rejects().map(RejectFile::rows).orElse(0L);
        read(job, folders, record.task().number(), count);
      }
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode values = json.putArray("values");
    rows.forEach(row -> values.add(json(row)));
    next.ifPresent(cursor -> json.put("next", cursor));
    return json;
  }

  private void read(UUID job, JobFolders folders, int task, long count) throws IOException {
    long from = task == firstTask ? rowsShown : 0;
    long to = Math.min(count, from + limit - rows.size());
    if (to > from) {
      long[] index = {0};
      folders.rejects(
          job,
          task,
          row -> {
            if (index[0] >= from && index[0] < to) {
              rows.add(row);
            }
            index[0]++;
          });
    }
    if (to < count) {
      next = Optional.of(task + "-" + to);
    }
  }

  private static ObjectNode json(RejectedRow row) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("object", row.object()).put("line", row.line()).put("byteOffset", row.byteOffset());
    row.column().ifPresent(column -> json.put("column", column));
    json.put("code", row.code().name().toLowerCase(Locale.ROOT)).put("reason", row.reason());
    row.row().ifPresent(text -> json.put("row", text));
    row.rowBase64().ifPresent(bytes -> json.put("rowBase64", bytes));
    return json;
  }
}

package io.penstock.control.reconcile;

import io.penstock.control.job.JobException;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.TablePublisher;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TaskRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Remembers which tasks were published. */
final class FakeTables implements TablePublisher {
  private final Set<Integer> published = new TreeSet<>();
  private final List<LoadRules.Replacement> replacements = new ArrayList<>();
  private boolean refusing;

  Set<Integer> published() {
    return published;
  }

  @Override
  public Map<String, ColumnType> types(TableRef table) {
    return Map.of();
  }

  @Override
  public Map<String, Integer> prepare(TableRef table, List<ColumnSpec> columns) {
    Map<String, Integer> ids = new HashMap<>();
    columns.forEach(column -> ids.put(column.name(), ids.size() + 1));
    return ids;
  }

  @Override
  public String dataPrefix(TableRef table) {
    return "t/data/";
  }

  @Override
  public long publish(TableRef table, UUID jobId, List<TaskRecord> tasks) {
    tasks.forEach(record -> published.add(record.task().number()));
    return 10L * published.size();
  }

  /** What was replaced, oldest first. */
  List<LoadRules.Replacement> replacements() {
    return replacements;
  }

  void refusesToReplace() {
    refusing = true;
  }

  @Override
  public long replace(
      TableRef table,
      UUID jobId,
      List<TaskRecord> tasks,
      String timeColumn,
      LoadRules.Replacement replacement) {
    if (refusing) {
      throw new JobException.CannotReplace("a.parquet has rows inside and outside.");
    }
    replacements.add(replacement);
    published.clear();
    return publish(table, jobId, tasks);
  }
}

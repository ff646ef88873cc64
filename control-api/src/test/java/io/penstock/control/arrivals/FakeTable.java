package io.penstock.control.arrivals;

import io.penstock.control.job.LoadRules;
import io.penstock.control.job.TablePublisher;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Knows which objects were published to which table; a task that is published again is not new. */
final class FakeTable implements TablePublisher {
  private final Faults faults;
  private final Set<List<Object>> tasks = new HashSet<>();
  private final List<String> objects = new ArrayList<>();

  FakeTable(Faults faults) {
    this.faults = faults;
  }

  /** {@code table:key}, each as often as it was loaded. */
  List<String> objects() {
    return objects;
  }

  @Override
  public long publish(TableRef table, UUID job, List<TaskRecord> records) {
    try {
      faults.before("publish");
      for (TaskRecord record : records) {
        if (tasks.add(List.of(job, record.task().number()))) {
          record.task().objects().stream()
              .filter(o -> record.skipped().stream().noneMatch(s -> s.url().endsWith(o.key())))
              .forEach(o -> objects.add(table.tableName() + ":" + o.key()));
        }
      }
      faults.after("publish");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects.size();
  }

  @Override
  public Map<String, ColumnType> types(TableRef table) {
    return Map.of();
  }

  @Override
  public Map<String, Integer> prepare(TableRef table, List<ColumnSpec> columns) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String dataPrefix(TableRef table) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long replace(
      TableRef table,
      UUID job,
      List<TaskRecord> records,
      String timeColumn,
      LoadRules.Replacement replacement) {
    throw new UnsupportedOperationException();
  }
}

package io.penstock.control.catalog;

import io.penstock.control.job.LoadRules;
import io.penstock.control.job.TablePublisher;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Publishes to a table under the name it has now: a job keeps the name that the table had when the
 * job was made, and a table may be renamed or deleted meanwhile.
 */
public final class CurrentNamesPublisher implements TablePublisher {
  private final Catalog catalog;
  private final TablePublisher publisher;

  public CurrentNamesPublisher(Catalog catalog, TablePublisher publisher) {
    this.catalog = catalog;
    this.publisher = publisher;
  }

  @Override
  public Map<String, ColumnType> types(TableRef table) {
    return catalog.table(table.tableId()).map(publisher::types).orElse(Map.of());
  }

  @Override
  public Map<String, Integer> prepare(TableRef table, List<ColumnSpec> columns) {
    TableRef now =
        catalog
            .table(table.tableId())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Table " + table.qualifiedName() + " has been deleted."));
    return publisher.prepare(now, columns);
  }

  @Override
  public String dataPrefix(TableRef table) {
    return publisher.dataPrefix(table);
  }

  /** Of a deleted table nothing is visible, so there is nothing to add to. */
  @Override
  public long publish(TableRef table, UUID jobId, List<TaskRecord> tasks) {
    return catalog
        .table(table.tableId())
        .map(now -> publisher.publish(now, jobId, tasks))
        .orElse(0L);
  }

  @Override
  public long replace(
      TableRef table,
      UUID jobId,
      List<TaskRecord> tasks,
      String timeColumn,
      LoadRules.Replacement replacement) {
    return catalog
        .table(table.tableId())
        .map(now -> publisher.replace(now, jobId, tasks, timeColumn, replacement))
        .orElse(0L);
  }
}

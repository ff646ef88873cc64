package io.penstock.control.export;

import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * A table as exports see it.
 *
 * @param columns in the table's order
 * @param intervalColumn that the intervals are of; absent if the table has no time
 */
public record ExportModel(TableRef table, List<Column> columns, Optional<String> intervalColumn) {
  public ExportModel {
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param type JSON text is {@link ColumnType#JSON}
   * @param exportable whether queries may read it
   * @param byDefault whether it is exported when nothing is selected
   */
  public record Column(String name, ColumnType type, boolean exportable, boolean byDefault) {}

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}

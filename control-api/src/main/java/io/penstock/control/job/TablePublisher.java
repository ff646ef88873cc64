package io.penstock.control.job;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.SinkSpec;
import io.penstock.spec.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables that jobs write. */
public interface TablePublisher {
  /** The types of the columns that the table has by now, by name. */
  Map<String, ColumnType> types(TableRef table);

  /**
   * Makes sure the table exists and has the columns; safe to repeat.
   *
   * @return field id by column name
   * @throws IllegalStateException with a sentence for the user if a column exists with another type
   */
  Map<String, Integer> prepare(TableRef table, List<ColumnSpec> columns);

  /**
   * Key prefix of the table's partitions in the storage bucket, see {@link SinkSpec#dataPrefix}.
   */
  String dataPrefix(TableRef table);

  /**
   * Adds the tasks' partitions to the table in one snapshot, leaving out tasks of the job that are
   * already in it: safe to repeat, also after an unknown outcome.
   *
   * @return rows of this job now visible in the table, all its published tasks together
   */
  long publish(TableRef table, UUID jobId, List<TaskRecord> tasks);

  /**
   * Puts the tasks' partitions in the place of what is in the table, in one snapshot; nothing
   * happens if the job has done so before: safe to repeat, also after an unknown outcome.
   *
   * @param timeColumn that intervals are of
   * @return rows of this job now visible in the table
   * @throws JobException.CannotReplace if a file reaches across the end of an interval
   */
  long replace(
      TableRef table,
      UUID jobId,
      List<TaskRecord> tasks,
      String timeColumn,
      LoadRules.Replacement replacement);
}

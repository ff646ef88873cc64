package io.penstock.control.catalog;

import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What is in the tables. Thread-safe; nothing here touches Flink. */
public interface TableContents {
  /** Everything that a query of the table sees now. */
  List<Partition> partitions(TableRef table);

  /**
   * The columns by name, in their order; JSON is text. Empty before the first job prepared the
   * table.
   */
  Map<String, ColumnType> columns(TableRef table);

  /**
   * Takes partitions out of the table in one step. Their files stay until {@link #reap}.
   *
   * @return how many
   */
  int remove(TableRef table, Predicate<Partition> which);

  /**
   * Removes what left the table before this time, for good. Several may do so at once.
   *
   * @return files removed
   */
  int reap(TableRef table, Instant before);

  /** A table without contents has no name to change. */
  void rename(TableRef before, TableRef after);

  /** Nobody sees its contents any more, and the name is free. The files stay. */
  void drop(TableRef table);
}

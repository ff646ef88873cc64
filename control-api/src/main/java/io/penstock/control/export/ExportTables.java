package io.penstock.control.export;

import io.penstock.control.job.TableRef;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.TableColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables as exports read them. Thread-safe; no data file is opened. */
public interface ExportTables {
  /** In their order; text that is JSON is text here. Empty before the first job wrote to it. */
  List<TableColumn> columns(TableRef table);

  /**
   * The files of the table's newest snapshot that can hold rows of an interval, in an order that
   * only the snapshot decides.
   *
   * @param timeColumn that the interval is of
   * @param start inclusive; absent for the beginning of time
   * @param end exclusive
   * @throws IllegalStateException with a sentence for the user if there is no such column, or files
   *     cannot be read as they are
   */
  Planned plan(TableRef table, String timeColumn, Optional<Instant> start, Instant end);

  /**
   * A plan, and what is known before it is carried out.
   *
   * @param rows of the interval; absent if a file has, or may have, rows of other times too
   */
  record Planned(ExportPlan plan, OptionalLong rows) {}

  /**
   * All files of the table's newest snapshot.
   *
   * @throws IllegalStateException as of the other
   */
  Planned planAll(TableRef table);
}

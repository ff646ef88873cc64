package io.penstock.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How input records become rows.
 *
 * @param timeColumn the name of the timestamp column that decides a row's partition; a row without
 *     it is rejected
 * @param nullValues input texts that mean null in every column
 */
public record TransformSpec(
    RecordFormat format,
    Compression compression,
    List<ColumnSpec> columns,
    String timeColumn,
    List<String> nullValues) {
  public TransformSpec {
    Check.that(format != null, "format must be given");
    Check.that(compression != null, "compression must be given");
    columns = List.copyOf(columns);
    nullValues = List.copyOf(nullValues);
    Check.that(!columns.isEmpty(), "columns must not be empty");
    Set<String> names = new HashSet<>();
    boolean timeColumnFound = false;
    for (ColumnSpec column : columns) {
      Check.that(names.add(column.name()), "column %s must occur once", column.name());
      timeColumnFound |= column.name().equals(timeColumn) && column.type() == ColumnType.TIMESTAMP;
    }
    Check.that(timeColumnFound, "timeColumn must name a timestamp column but was %s", timeColumn);
  }

  /** The place of the time column in {@link #columns()}. */
  public int timeColumnIndex() {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(timeColumn)) {
        return i;
      }
    }
    throw new IllegalStateException("no column " + timeColumn);
  }
}

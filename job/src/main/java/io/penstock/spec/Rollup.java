package io.penstock.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows that are equal in every column that is no measure become one. Holds for all rows of a job,
 * whichever tasks they are of.
 */
public record Rollup(List<Measure> measures) {
  public Rollup {
    measures = List.copyOf(measures);
    Set<String> columns = new HashSet<>();
    for (Measure measure : measures) {
      Check.that(columns.add(measure.column()), "measure %s must occur once", measure.column());
    }
  }

  /** The function of a column; absent if it is none of the measures. */
  public Optional<Function> of(String column) {
    return measures.stream()
        .filter(measure -> measure.column().equals(column))
        .map(Measure::function)
        .findFirst();
  }

  void check(List<ColumnSpec> columns, String timeColumn) {
    for (Measure measure : measures) {
      ColumnSpec column =
          columns.stream()
              .filter(one -> one.name().equals(measure.column()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException("no column is the measure " + measure.column()));
      boolean whole = column.type() == ColumnType.INT64;
      Check.that(
          whole || (column.type() == ColumnType.DOUBLE && measure.function() != Function.COUNT),
          "%s of %s must not be of type %s",
          measure.function(),
          column.name(),
          column.type());
      Check.that(!column.name().equals(timeColumn), "the time column must not be a measure");
    }
  }

  /** A column that is computed of all rows that become one. */
  public record Measure(String column, Function function) {
    public Measure {
      Check.that(column != null && function != null, "column and function must be given");
    }
  }

  /** What is made of a column's values; nulls do not count. */
  public enum Function {
    /** How many there are. */
    COUNT,
    /** Null if there are none, or if it has more than 64 bits. */
    SUM,
    /** Null if there are none; NaN if one of them is. */
    MIN,
    /** Null if there are none; NaN if one of them is. */
    MAX
  }
}

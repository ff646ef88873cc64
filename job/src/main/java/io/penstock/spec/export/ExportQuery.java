package io.penstock.spec.export;

import io.penstock.spec.Check;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Computation;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of a table are exported, and what of them.
 *
 * @param columns all that is read; {@link Expression.Input}s are of these, and see INT32 as BIGINT
 * @param interval absent for rows of any time
 * @param filter rows of the interval for which it is not true are left out; a row for which it
 *     cannot be computed fails the export
 * @param outputs in the order of the files' columns
 */
public record ExportQuery(
    List<TableColumn> columns,
    Optional<Interval> interval,
    Optional<Expression> filter,
    List<Output> outputs) {
  public ExportQuery {
    columns = List.copyOf(columns);
    outputs = List.copyOf(outputs);
    Check.that(interval != null, "interval must be given");
    Check.that(!outputs.isEmpty(), "outputs must not be empty");
    Set<String> names = new HashSet<>();
    for (Output output : outputs) {
      Check.that(names.add(output.name()), "output %s must occur once", output.name());
    }
    if (interval.isPresent()) {
      int time = interval.get().timeColumn();
      Check.that(
          time < columns.size() && columns.get(time).type() == ColumnType.TIMESTAMP,
          "timeColumn must be a timestamp among the columns but was %d",
          time);
    }
    Computation checked = computation(columns, filter, outputs);
    Check.that(checked.mappings().size() == outputs.size(), "every output must have a value");
  }

  /**
   * Rows with {@code start <= time < end}; those without a time are in no interval.
   *
   * @param timeColumn index among the columns
   * @param start absent for the beginning of time
   */
  public record Interval(int timeColumn, Optional<Instant> start, Instant end) {
    public Interval {
      Check.that(timeColumn >= 0, "timeColumn must not be negative but was %d", timeColumn);
      Check.that(end != null, "end must be given");
      Check.that(
          start.isEmpty() || start.get().isBefore(end),
          "start must be before %s but was %s",
          end,
          start);
    }
  }

  /** A column of the files. */
  public record Output(String name, Expression value) {
    public Output {
      Check.that(name != null && !name.isEmpty(), "name must not be empty");
      Check.that(value != null, "value of %s must be given", name);
    }
  }

  /** What expressions see of a column. */
  public static ValueType valueType(ColumnType type) {
    return switch (type) {
      case STRING -> ValueType.VARCHAR;
      case BOOLEAN -> ValueType.BOOLEAN;
      case INT32, INT64, UINT64 -> ValueType.BIGINT;
      case DOUBLE -> ValueType.DOUBLE;
      case TIMESTAMP -> ValueType.TIMESTAMP;
      case JSON -> ValueType.JSON;
    };
  }

  /** What an output holds: what it is computed as, or what its column is. */
  public ColumnType typeOf(Output output) {
    return output.value() instanceof Expression.Input input
        ? columns.get(input.index()).type()
        : output.value().type().columnType();
  }

  /** Filter and outputs as the expression engine runs them. */
  public Computation computation() {
    return computation(columns, filter, outputs);
  }

  private static Computation computation(
      List<TableColumn> columns, Optional<Expression> filter, List<Output> outputs) {
    return new Computation(
        columns.stream().map(ExportQuery::input).toList(),
        filter,
        outputs.stream().map(Output::value).toList());
  }

  private static Computation.Input input(TableColumn column) {
    ValueType seen = valueType(column.type());
    ColumnSpec read =
        new ColumnSpec(
            column.name(),
            column.fieldId(),
            column.type() == ColumnType.UINT64 ? column.type() : seen.columnType(),
            new ColumnSource.None(),
            column.type() == ColumnType.TIMESTAMP
                ? Optional.of(new TimeFormat.Epoch(TimeFormat.EpochUnit.MICROSECONDS))
                : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new Computation.Input(read, seen);
  }
}

package io.penstock.control.dialect.polaris;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.Computation;
import io.penstock.spec.Rollup;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes transforms of columns. Fields of text and JSON that are only taken over go the decoder's
 * short way; everything else is computed, and of the fields only those are read that something
 * needs.
 */
final class MappedTransform {
  private final FormatSettings format;
  private final List<Computation.Input> inputs;

  /**
   * @param inputs what expressions can refer to
   */
  MappedTransform(FormatSettings format, List<Computation.Input> inputs) {
    this.format = format;
    this.inputs = inputs;
  }

  TransformSpec of(List<MappedColumn> columns, Optional<Expression> condition) {
    boolean plain =
        !format.format().typed() && condition.isEmpty() && columns.stream().allMatch(this::isPlain);
    return plain ? plain(columns) : computed(columns, condition);
  }

  /** Rows become one where all columns but the measures are equal. */
  TransformSpec rolledUp(List<MappedColumn> columns, Optional<Expression> condition) {
    List<Rollup.Measure> measures = new ArrayList<>();
    for (MappedColumn column : columns) {
      column.measure().ifPresent(m -> measures.add(new Rollup.Measure(column.name(), m)));
    }
    return computed(columns, condition).withRollup(new Rollup(measures));
  }

  private boolean isPlain(MappedColumn column) {
    return column.expression() instanceof Expression.Input input
        && !input.type().isArray()
        && inputs.get(input.index()).column().type() == column.type();
  }

  private TransformSpec plain(List<MappedColumn> mapped) {
    List<ColumnSpec> columns = new ArrayList<>();
    for (MappedColumn column : mapped) {
      ColumnSpec read = inputs.get(((Expression.Input) column.expression()).index()).column();
      columns.add(
          new ColumnSpec(
              column.name(),
              0,
              read.type(),
              read.source(),
              read.timeFormat(),
              Optional.empty(),
              Optional.empty(),
              read.nullValues()));
    }
    return new TransformSpec(
        format.format(), Compression.AUTO, columns, DruidExpressions.TIME, List.of());
  }

  private TransformSpec computed(List<MappedColumn> mapped, Optional<Expression> condition) {
    List<ColumnSpec> columns = new ArrayList<>();
    for (MappedColumn column : mapped) {
      columns.add(
          new ColumnSpec(
              column.name(),
              0,
              column.type(),
              new ColumnSource.None(),
              column.type() == ColumnType.TIMESTAMP
                  ? Optional.of(new TimeFormat.Iso8601())
                  : Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of()));
    }
    UsedInputs used = new UsedInputs(inputs);
    List<Expression> renumbered =
        mapped.stream().map(column -> used.renumbered(column.expression())).toList();
    Optional<Expression> filter = condition.map(used::renumbered);
    return new TransformSpec(
        format.format(),
        List.of(Compression.AUTO),
        columns,
        DruidExpressions.TIME,
        List.of(),
        Optional.empty(),
        Optional.of(new Computation(used.inputs(), filter, renumbered)));
  }
}

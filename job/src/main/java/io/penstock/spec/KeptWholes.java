package io.penstock.spec;

import java.util.List;
import java.util.Map;

/**
 * A transform for a table that has some of the columns already: signed or unsigned whole numbers
 * are as they are there, because no table's column can become the other.
 */
public final class KeptWholes {
  private final Map<String, ColumnType> types;

  /**
   * @param types of the table's columns, by name
   */
  public KeptWholes(Map<String, ColumnType> types) {
    this.types = Map.copyOf(types);
  }

  /** What is summed up is signed. */
  public TransformSpec of(TransformSpec transform) {
    if (transform.rollup().isPresent()) {
      return transform;
    }
    return new TransformSpec(
        transform.format(),
        transform.layers(),
        transform.columns().stream().map(this::kept).toList(),
        transform.timeColumn(),
        transform.nullValues(),
        transform.rowRules(),
        transform.computation().map(one -> kept(one, transform.columns())));
  }

  private ColumnSpec kept(ColumnSpec column) {
    ColumnType type = types.getOrDefault(column.name(), column.type());
    return type.isLong() && column.type().isLong() ? column.asWhole(type) : column;
  }

  /** An input that is a column as it was read stays the same as the column. */
  private Computation kept(Computation computation, List<ColumnSpec> columns) {
    List<Computation.Input> inputs =
        computation.inputs().stream()
            .map(
                input ->
                    columns.stream().anyMatch(one -> one.readsSameAs(input.column()))
                        ? new Computation.Input(kept(input.column()), input.type())
                        : input)
            .toList();
    return new Computation(inputs, computation.filter(), computation.mappings());
  }
}

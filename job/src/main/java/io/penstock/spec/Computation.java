package io.penstock.spec;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * How a transform's columns are computed from what is in a record, and which records become rows.
 *
 * @param inputs what is read of a record
 * @param filter rows for which it is not true are dropped
 * @param mappings one for each column of the transform, in its order
 */
public record Computation(
    List<Input> inputs, Optional<Expression> filter, List<Expression> mappings) {
  public Computation {
    inputs = List.copyOf(inputs);
    mappings = List.copyOf(mappings);
    Check.that(filter != null, "filter must be given");
    filter.ifPresent(
        f ->
            Check.that(
                f.type() == ValueType.BOOLEAN, "filter must be BOOLEAN but was %s", f.type()));
    for (Expression mapping : mappings) {
      check(mapping, inputs);
    }
    if (filter.isPresent()) {
      check(filter.get(), inputs);
    }
  }

  private static void check(Expression expression, List<Input> inputs) {
    if (expression instanceof Expression.Input input) {
      Check.that(
          input.index() < inputs.size() && inputs.get(input.index()).type() == input.type(),
          "input %d must exist and be of type %s",
          input.index(),
          input.type());
    } else if (expression instanceof Expression.Call call) {
      call.arguments().forEach(argument -> check(argument, inputs));
    }
  }

  /**
   * A column that is read of a record, and what expressions see of it. Of a {@link
   * ColumnType#STRING} column an expression may see any type: what does not convert is then null,
   * and its row is one with a warning. Of a {@link ColumnType#JSON} column they may see an array in
   * the same way. Otherwise the type is the column's own.
   *
   * @param column its name and field id mean nothing to the table. If the transform also stores it,
   *     or converts it without storing it, it is read once
   */
  public record Input(ColumnSpec column, ValueType type) {
    public Input {
      Check.that(column != null && type != null, "column and type must be given");
      Check.that(
          (column.type() == ColumnType.STRING && !type.isArray()) || type.isHeldBy(column.type()),
          "input %s of column type %s cannot be read as %s",
          column.name(),
          column.type(),
          type);
    }
  }
}

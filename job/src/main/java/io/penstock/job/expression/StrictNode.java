package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;
import java.util.List;

/** What a function makes of its arguments; null if one is, unless the function takes nulls. */
final class StrictNode implements Node {
  private final Node[] arguments;
  private final ColumnVector[] values;
  private final RowFunction function;
  private final ColumnVector result;
  private final boolean quiet;
  private final boolean takesNull;

  StrictNode(List<Node> arguments, RowFunction function, ColumnType type, boolean quiet) {
    this(arguments, function, type, quiet, false);
  }

  /**
   * @param quiet whether what the function itself loses is no loss
   */
  StrictNode(
      List<Node> arguments,
      RowFunction function,
      ColumnType type,
      boolean quiet,
      boolean takesNull) {
    this.takesNull = takesNull;
    this.arguments = arguments.toArray(Node[]::new);
    this.values = new ColumnVector[this.arguments.length];
    this.function = function;
    this.result = new ColumnVector(type);
    this.quiet = quiet;
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    for (int i = 0; i < arguments.length; i++) {
      values[i] = arguments[i].evaluate(rows, losses);
    }
    // Text that is part of the first argument's stays where it is.
    result.clear(values.length == 0 ? Values.NO_TEXT : values[0].text());
    if (quiet) {
      losses.guard();
    }
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (takesNull || hasAll(row)) {
        function.apply(values, row, result, losses);
      }
    }
    if (quiet) {
      losses.unguard();
    }
    return result;
  }

  private boolean hasAll(int row) {
    for (ColumnVector value : values) {
      if (value.isNull(row)) {
        return false;
      }
    }
    return true;
  }
}

package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;
import java.util.List;

/** Null if an argument is; otherwise what a function makes of them. */
final class StrictNode implements Node {
  private final Node[] arguments;
  private final ColumnVector[] values;
  private final RowFunction function;
  private final ColumnVector result;
  private final boolean quiet;

  /**
   * @param quiet whether what the function itself loses is no loss
   */
  StrictNode(List<Node> arguments, RowFunction function, ColumnType type, boolean quiet) {
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
      if (hasAll(row)) {
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

package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.ValueType;
import java.util.List;

/** The first value that is not null; losses count only in the last. */
final class CoalesceNode implements Node {
  private final List<Node> arguments;
  private final Values.Copy copy;
  private final ColumnVector result;
  private final Rows open = new Rows();

  CoalesceNode(List<Node> arguments, ValueType type) {
    this.arguments = arguments;
    this.copy = Values.copy(type);
    this.result = new ColumnVector(type.columnType());
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    open.clear();
    for (int i = 0; i < rows.count(); i++) {
      open.add(rows.at(i));
    }
    result.clear(Values.NO_TEXT);
    for (int i = 0; i < arguments.size() && open.count() > 0; i++) {
      boolean guarded = i < arguments.size() - 1;
      if (guarded) {
        losses.guard();
      }
      take(arguments.get(i).evaluate(open, losses));
      if (guarded) {
        losses.unguard();
      }
    }
    return result;
  }

  private void take(ColumnVector values) {
    int[] rows = open.rows();
    int left = 0;
    for (int i = 0; i < open.count(); i++) {
      int row = rows[i];
      copy.copy(values, result, row);
      if (values.isNull(row)) {
        rows[left++] = row;
      }
    }
    open.show(rows, left);
  }
}

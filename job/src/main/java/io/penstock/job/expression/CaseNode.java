package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.ValueType;
import java.util.List;

/** The value of the first condition that is true; each is asked only where none before was. */
final class CaseNode implements Node {
  private final List<Node> arguments;
  private final Values.Copy copy;
  private final ColumnVector result;
  private final Rows open = new Rows();
  private final Rows met = new Rows();

  /**
   * @param arguments condition, value, condition, value …, the value otherwise
   */
  CaseNode(List<Node> arguments, ValueType type) {
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
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      split(arguments.get(i).evaluate(open, losses));
      copy(arguments.get(i + 1), met, losses);
    }
    copy(arguments.get(arguments.size() - 1), open, losses);
    return result;
  }

  private void split(ColumnVector condition) {
    met.clear();
    int left = 0;
    int[] rows = open.rows();
    for (int i = 0; i < open.count(); i++) {
      int row = rows[i];
      if (!condition.isNull(row) && condition.longAt(row) != 0) {
        met.add(row);
      } else {
        rows[left++] = row;
      }
    }
    open.show(rows, left);
  }

  private void copy(Node value, Rows rows, Losses losses) {
    if (rows.count() == 0) {
      return;
    }
    ColumnVector values = value.evaluate(rows, losses);
    for (int i = 0; i < rows.count(); i++) {
      copy.copy(values, result, rows.at(i));
    }
  }
}

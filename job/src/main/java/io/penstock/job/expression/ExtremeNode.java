package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.ValueType;
import java.util.List;

/** GREATEST and LEAST; nulls are ignored. */
final class ExtremeNode implements Node {
  private final List<Node> arguments;
  private final int sign;
  private final Values.Order order;
  private final Values.Copy copy;
  private final ColumnVector result;

  /**
   * @param sign 1 for the greatest, -1 for the least
   */
  ExtremeNode(List<Node> arguments, ValueType type, int sign) {
    this.arguments = arguments;
    this.sign = sign;
    this.order = Values.order(type);
    this.copy = Values.copy(type);
    this.result = new ColumnVector(type.columnType());
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    result.clear(Values.NO_TEXT);
    for (Node argument : arguments) {
      ColumnVector values = argument.evaluate(rows, losses);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        boolean taken =
            !values.isNull(row)
                && (result.isNull(row) || order.compare(values, result, row) * sign > 0);
        if (taken) {
          copy.copy(values, result, row);
        }
      }
    }
    return result;
  }
}

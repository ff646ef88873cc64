package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ScalarFunction;

/** Compares two sides of one type. */
final class ComparisonNode implements Node {
  private final Node left;
  private final Node right;
  private final Values.Order order;
  private final boolean below;
  private final boolean same;
  private final boolean above;
  private final boolean nullsCompare;
  private final ColumnVector result = new ColumnVector(ColumnType.BOOLEAN);

  ComparisonNode(ScalarFunction function, Node left, Node right, Values.Order order) {
    this.left = left;
    this.right = right;
    this.order = order;
    this.nullsCompare =
        function == ScalarFunction.IS_DISTINCT || function == ScalarFunction.IS_NOT_DISTINCT;
    boolean differs =
        function == ScalarFunction.NOT_EQUAL || function == ScalarFunction.IS_DISTINCT;
    this.below =
        differs || function == ScalarFunction.LESS || function == ScalarFunction.LESS_OR_EQUAL;
    this.above =
        differs
            || function == ScalarFunction.GREATER
            || function == ScalarFunction.GREATER_OR_EQUAL;
    this.same =
        function == ScalarFunction.EQUAL
            || function == ScalarFunction.IS_NOT_DISTINCT
            || function == ScalarFunction.LESS_OR_EQUAL
            || function == ScalarFunction.GREATER_OR_EQUAL;
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    ColumnVector a = left.evaluate(rows, losses);
    ColumnVector b = right.evaluate(rows, losses);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (!a.isNull(row) && !b.isNull(row)) {
        int sign = order.compare(a, b, row);
        Values.set(result, row, sign < 0 ? below : sign > 0 ? above : same);
      } else if (nullsCompare) {
        Values.set(result, row, a.isNull(row) == b.isNull(row) ? same : below);
      } else {
        result.setNull(row);
      }
    }
    return result;
  }
}

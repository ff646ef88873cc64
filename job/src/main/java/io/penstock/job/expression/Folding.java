package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.Optional;

/** Computes calls of constants once, where nothing is lost: a loss is every row's own. */
final class Folding {
  private static final Rows ONE = new Rows(new int[] {0}, 1);

  private Folding() {}

  /**
   * @param node computes the call
   */
  static Node of(Expression.Call call, Node node) {
    if (!call.arguments().stream().allMatch(Folding::isConstant)) {
      return node;
    }
    boolean[] lost = {false};
    ColumnVector values = node.evaluate(ONE, new Losses((row, loss, reason) -> lost[0] = true));
    return lost[0]
        ? node
        : new ConstantNode(new Expression.Constant(call.type(), value(call.type(), values)));
  }

  private static boolean isConstant(Expression expression) {
    return expression instanceof Expression.Constant
        || (expression instanceof Expression.Call call
            && call.arguments().stream().allMatch(Folding::isConstant));
  }

  /** As a constant has it. */
  private static Optional<String> value(ValueType type, ColumnVector values) {
    if (values.isNull(0)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (type) {
          case BOOLEAN -> Boolean.toString(values.longAt(0) != 0);
          case BIGINT, TIMESTAMP -> Long.toString(values.longAt(0));
          case DOUBLE, FLOAT -> Double.toString(values.doubleAt(0));
          case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
              Values.text(values, 0);
        });
  }
}

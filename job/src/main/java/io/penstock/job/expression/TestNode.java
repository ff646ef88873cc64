package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;

/** A question whose answer is never null, such as IS NULL. */
final class TestNode implements Node {
  private final Node argument;
  private final Test test;
  private final ColumnVector result = new ColumnVector(ColumnType.BOOLEAN);

  TestNode(Node argument, Test test) {
    this.argument = argument;
    this.test = test;
  }

  /** The question. */
  interface Test {
    boolean of(ColumnVector values, int row);
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    ColumnVector values = argument.evaluate(rows, losses);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      result.setLong(row, test.of(values, row) ? 1 : 0);
    }
    return result;
  }
}

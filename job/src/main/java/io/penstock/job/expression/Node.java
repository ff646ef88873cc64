package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;

/** One part of an expression. Of one thread. */
interface Node {
  /**
   * Computes the value of some rows. What is returned holds them until the next call; values of
   * other rows mean nothing.
   */
  ColumnVector evaluate(Rows rows, Losses losses);
}

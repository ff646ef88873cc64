package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;

/**
 * Computes one row's value from others, none of which is null. The result is null until it is set.
 */
interface RowFunction {
  void apply(ColumnVector[] arguments, int row, ColumnVector result, Losses losses);
}

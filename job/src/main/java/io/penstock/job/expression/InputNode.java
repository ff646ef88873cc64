package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;

/** A value that was read. Costs nothing. */
final class InputNode implements Node {
  private final ColumnVector[] inputs;
  private final int index;

  /**
   * @param inputs of the batch in hand
   */
  InputNode(ColumnVector[] inputs, int index) {
    this.inputs = inputs;
    this.index = index;
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    return inputs[index];
  }
}

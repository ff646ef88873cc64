package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;

/** An unsigned number that was read; one that a signed one cannot hold is lost. */
final class UnsignedInputNode implements Node {
  private final ColumnVector[] inputs;
  private final int index;
  private final ColumnVector result = new ColumnVector(ColumnType.INT64);

  /**
   * @param inputs of the batch in hand
   */
  UnsignedInputNode(ColumnVector[] inputs, int index) {
    this.inputs = inputs;
    this.index = index;
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    ColumnVector input = inputs[index];
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (input.isNull(row)) {
        result.setNull(row);
      } else if (input.longAt(row) >= 0) {
        result.setLong(row, input.longAt(row));
      } else {
        result.setNull(row);
        losses.add(
            row, Loss.ERROR, Long.toUnsignedString(input.longAt(row)) + " is too large for BIGINT");
      }
    }
    return result;
  }
}

package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.nio.charset.StandardCharsets;

/** The same value in every row; filled once. */
final class ConstantNode implements Node {
  private final ColumnVector values;

  ConstantNode(Expression.Constant constant) {
    values = new ColumnVector(constant.type().columnType());
    if (constant.value().isPresent()) {
      fill(constant.type(), constant.value().get());
    }
  }

  private void fill(ValueType type, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    values.clear(text);
    for (int row = 0; row < RowBatch.CAPACITY; row++) {
      switch (type) {
        case BOOLEAN -> values.setLong(row, Boolean.parseBoolean(value) ? 1 : 0);
        case BIGINT, TIMESTAMP -> values.setLong(row, Long.parseLong(value));
        case DOUBLE, FLOAT -> values.setDouble(row, Double.parseDouble(value));
        case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
            values.setText(row, text, 0, text.length);
      }
    }
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    return values;
  }
}

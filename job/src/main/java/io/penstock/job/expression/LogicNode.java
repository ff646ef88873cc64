package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;
import java.util.List;

/** AND and OR of any number of conditions; each is asked only where those before do not decide. */
final class LogicNode implements Node {
  private final List<Node> conditions;
  private final long decisive;
  private final ColumnVector result = new ColumnVector(ColumnType.BOOLEAN);
  private final Rows open = new Rows();
  private final Rows stillOpen = new Rows();

  /**
   * @param decisive the value that decides: 0 for AND, 1 for OR
   */
  LogicNode(List<Node> conditions, long decisive) {
    this.conditions = conditions;
    this.decisive = decisive;
  }

  @Override
  public ColumnVector evaluate(Rows rows, Losses losses) {
    open.clear();
    for (int i = 0; i < rows.count(); i++) {
      open.add(rows.at(i));
      result.setLong(rows.at(i), 1 - decisive);
    }
    for (Node condition : conditions) {
      take(condition.evaluate(open, losses));
    }
    return result;
  }

  private void take(ColumnVector values) {
    stillOpen.clear();
    for (int i = 0; i < open.count(); i++) {
      int row = open.at(i);
      if (values.isNull(row)) {
        result.setNull(row);
        stillOpen.add(row);
      } else if (values.longAt(row) == decisive) {
        result.setLong(row, decisive);
      } else {
        stillOpen.add(row);
      }
    }
    open.clear();
    for (int i = 0; i < stillOpen.count(); i++) {
      open.add(stillOpen.at(i));
    }
  }
}

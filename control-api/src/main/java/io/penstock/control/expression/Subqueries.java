package io.penstock.control.expression;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds queries inside of expressions. */
final class Subqueries {
  private Subqueries() {}

  /**
   * @param node may be null
   * @throws SelectParser.Refusal if there is one
   */
  static void refuse(SqlNode node) {
    if (node == null) {
      return;
    }
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
              throw new SelectParser.Refusal(Selected.Reason.SUBQUERY, "");
            }
            return super.visit(call);
          }
        });
  }
}

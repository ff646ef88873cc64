package io.penstock.control.expression;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds functions of many rows. */
final class ManyRows {
  private static final Set<String> NAMES =
      Set.of("COUNT", "SUM", "AVG", "MIN", "MAX", "ANY_VALUE", "STDDEV", "VARIANCE", "LISTAGG");

  private ManyRows() {}

  static boolean anyIn(SqlNode node) {
    boolean[] found = {false};
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
            found[0] |= call.getKind() == SqlKind.OVER || NAMES.contains(name);
            return super.visit(call);
          }
        });
    return found[0];
  }
}

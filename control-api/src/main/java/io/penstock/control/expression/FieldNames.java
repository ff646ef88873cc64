package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * The names in a SELECT: fields of the table, which its name may stand before, and keys of those
 * that are JSON.
 */
final class FieldNames {
  private final String table;
  private final InputSchema schema;
  private final Set<String> used;

  /**
   * @param used is filled with the fields that are named
   */
  FieldNames(String table, InputSchema schema, Set<String> used) {
    this.table = table;
    this.schema = schema;
    this.used = used;
  }

  /** With every name a field's own, and keys read from their field. */
  SqlNode resolved(SqlNode node) {
    return node.accept(
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlIdentifier identifier) {
            return resolved(identifier);
          }
        });
  }

  private SqlNode resolved(SqlIdentifier identifier) {
    List<String> names = identifier.names;
    boolean bare = identifier.isSimple() && !identifier.isComponentQuoted(0);
    if (bare && schema.find(names.get(0)).isEmpty() && Constants.isOne(names.get(0))) {
      return identifier;
    }
    if (names.size() > 1 && names.get(0).equals(table) && schema.find(table).isEmpty()) {
      names = names.subList(1, names.size());
    }
    Optional<Expression> field = schema.find(names.get(0));
    boolean json = field.isPresent() && field.get().type() == ValueType.JSON;
    if (field.isEmpty() || (names.size() > 1 && !json)) {
      throw new SelectParser.Refusal(Selected.Reason.UNKNOWN_FIELD, String.join(".", names));
    }
    used.add(names.get(0));
    SqlParserPos at = identifier.getParserPosition();
    SqlIdentifier name = new SqlIdentifier(names.get(0), at);
    return names.size() == 1
        ? name
        : SqlStdOperatorTable.JSON_VALUE.createCall(
            at, name, SqlLiteral.createCharString(path(names.subList(1, names.size())), at));
  }

  private static String path(List<String> keys) {
    StringBuilder path = new StringBuilder("$");
    for (String key : keys) {
      if (key.indexOf('\'') >= 0) {
        throw new SelectParser.Refusal(Selected.Reason.UNKNOWN_FIELD, key);
      }
      path.append("['").append(key).append("']");
    }
    return path.toString();
  }

  void refuseUnknownFunctions(SqlNode node, FunctionCatalogue catalogue) {
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            String name = call.getOperator().getName();
            boolean known =
                SpecialForms.of(call).isPresent()
                    || catalogue.find(name).isPresent()
                    || Constants.isOne(name);
            if (call.getOperator() instanceof SqlFunction && !known) {
              throw new SelectParser.Refusal(
                  Selected.Reason.UNKNOWN_FUNCTION, name.toLowerCase(Locale.ROOT));
            }
            return super.visit(call);
          }
        });
  }
}

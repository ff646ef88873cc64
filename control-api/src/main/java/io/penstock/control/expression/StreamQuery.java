package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;

/**
 * {@code SELECT … FROM {STREAM} WHERE …}: what can be computed of each row by itself. A name means
 * the item that is called so, but within that item the field.
 */
final class StreamQuery {
  /** Names that stand for names that stand for names may become endless. */
  private static final int MAX_NODES = 20_000;

  private final InputSchema schema;
  private final FunctionCatalogue catalogue;
  private final SessionSettings settings;
  private final List<String> messages = new ArrayList<>();

  /** In their order; a star is the fields that no item is called like. */
  private final Map<String, SqlNode> items = new LinkedHashMap<>();

  private final Set<String> inHand = new HashSet<>();
  private int nodes;

  StreamQuery(InputSchema schema, FunctionCatalogue catalogue, SessionSettings settings) {
    this.schema = schema;
    this.catalogue = catalogue;
    this.settings = settings;
  }

  ParsedQuery of(SqlNode query) {
    if (!(query instanceof SqlSelect select)) {
      return new ParsedQuery.Invalid(List.of("Only SELECT … FROM {STREAM} WHERE … is supported."));
    }
    refuseWhatIsOfManyRows(select);
    boolean star = false;
    for (SqlNode node : select.getSelectList()) {
      if (node instanceof SqlIdentifier identifier && identifier.isStar()) {
        star = true;
      } else {
        item(node);
      }
    }
    Map<String, Expression> typed = new HashMap<>();
    Set<String> names = new HashSet<>(items.keySet());
    items.forEach((name, node) -> typed.put(name, typed(node, Optional.of(name))));
    List<ParsedQuery.Item> all = new ArrayList<>();
    if (star) {
      for (String field : schema.names()) {
        if (!names.contains(field)) {
          all.add(new ParsedQuery.Item(field, schema.find(field).orElseThrow()));
        }
      }
    }
    items.keySet().forEach(name -> all.add(new ParsedQuery.Item(name, typed.get(name))));
    Optional<Expression> filter =
        Optional.ofNullable(select.getWhere()).map(node -> condition(node, select));
    return messages.isEmpty()
        ? new ParsedQuery.Valid(all, filter)
        : new ParsedQuery.Invalid(messages);
  }

  private void refuseWhatIsOfManyRows(SqlSelect select) {
    boolean stream =
        select.getFrom() instanceof SqlIdentifier from
            && from.isSimple()
            && from.getSimple().equals(ClickHouseText.STREAM);
    if (!stream) {
      messages.add("A query reads from {STREAM} alone.");
    }
    refuse("DISTINCT", select.isDistinct());
    refuse("GROUP BY", select.getGroup() != null);
    refuse("HAVING", select.getHaving() != null);
    refuse("WINDOW", !isEmpty(select.getWindowList()));
    refuse("ORDER BY", !isEmpty(select.getOrderList()));
    refuse("LIMIT", select.getFetch() != null || select.getOffset() != null);
  }

  private static boolean isEmpty(SqlNodeList list) {
    return list == null || list.isEmpty();
  }

  private void refuse(String what, boolean found) {
    if (found) {
      messages.add(what + " is not supported: each row is computed by itself.");
    }
  }

  private void item(SqlNode node) {
    SqlNode expression = node;
    Optional<String> name = Optional.empty();
    if (node instanceof SqlBasicCall call
        && call.getKind() == SqlKind.AS
        && call.operand(1) instanceof SqlIdentifier alias) {
      expression = call.operand(0);
      name = Optional.of(alias.getSimple());
    } else if (node instanceof SqlIdentifier identifier) {
      name = Optional.of(String.join(".", identifier.names));
    }
    if (name.isEmpty()) {
      messages.add("Give the expression " + shown(node) + " a name with AS.");
    } else if (items.put(name.get(), expression) != null) {
      messages.add("The name " + name.get() + " is selected twice.");
    }
  }

  private static String shown(SqlNode node) {
    return node.toString().replaceAll("\\s+", " ");
  }

  private Expression condition(SqlNode node, SqlSelect select) {
    Expression condition = typed(node, Optional.empty());
    if (condition.type() == ValueType.BIGINT) {
      return Types.call(ScalarFunction.NOT_EQUAL, ValueType.BOOLEAN, condition, Types.whole(0));
    }
    if (condition.type() != ValueType.BOOLEAN && messages.isEmpty()) {
      messages.add("The condition " + shown(select.getWhere()) + " is no condition.");
    }
    return condition;
  }

  /**
   * @param own the name of the item, within which it means the field
   */
  private Expression typed(SqlNode node, Optional<String> own) {
    own.ifPresent(inHand::add);
    SqlNode whole = named(node);
    own.ifPresent(inHand::remove);
    if (nodes > MAX_NODES) {
      messages.add("The query has too many parts.");
      return Expression.Constant.none(ValueType.VARCHAR);
    }
    List<Parsed.Problem> problems = new ArrayList<>();
    Expression expression = new Typing(schema, catalogue, settings, problems).whole(whole);
    problems.forEach(problem -> messages.add(problem.message()));
    return expression;
  }

  /** With items in the place of their names. */
  private SqlNode named(SqlNode node) {
    nodes++;
    if (nodes > MAX_NODES) {
      return node;
    }
    if (node instanceof SqlIdentifier identifier) {
      return named(identifier);
    }
    if (node instanceof SqlNodeList list) {
      return new SqlNodeList(named(list.getList()), list.getParserPosition());
    }
    if (node instanceof SqlCall call && !call.isA(SqlKind.QUERY)) {
      return call.getOperator()
          .createCall(
              call.getFunctionQuantifier(),
              call.getParserPosition(),
              named(call.getOperandList()).toArray(SqlNode[]::new));
    }
    return node;
  }

  private List<SqlNode> named(List<SqlNode> list) {
    List<SqlNode> named = new ArrayList<>();
    for (SqlNode node : list) {
      named.add(node == null ? null : named(node));
    }
    return named;
  }

  private SqlNode named(SqlIdentifier identifier) {
    String name = String.join(".", identifier.names);
    SqlNode item = items.get(name);
    boolean itself =
        item instanceof SqlIdentifier same && String.join(".", same.names).equals(name);
    if (item == null || itself || !inHand.add(name)) {
      return identifier;
    }
    SqlNode whole = named(item);
    inHand.remove(name);
    return whole;
  }
}

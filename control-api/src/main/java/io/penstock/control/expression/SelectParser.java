package io.penstock.control.expression;

import io.penstock.control.expression.Selected.Item;
import io.penstock.control.expression.Selected.Reason;
import io.penstock.control.expression.Selected.Refused;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;

/**
 * Makes typed expressions of a SELECT from one table, whose rows it takes one by one. Fields of
 * JSON are read by {@code field.key}. Pure, and of any thread.
 */
public final class SelectParser {
  private static final SessionSettings SESSION = new SessionSettings(ZoneOffset.UTC, Instant.EPOCH);

  private static final Pattern FROM =
      Pattern.compile("(?is)\\bFROM\\s+\"?([A-Za-z_][A-Za-z0-9_$]*)");

  private final String table;
  private final InputSchema schema;
  private final List<String> star;

  /**
   * @param table that it has to be from
   * @param star the fields that {@code *} stands for
   */
  public SelectParser(String table, InputSchema schema, List<String> star) {
    this.table = table;
    this.schema = schema;
    this.star = List.copyOf(star);
  }

  /** The table that a SELECT is from; empty if it is no SELECT, or from something else. */
  public static Optional<String> tableOf(String sql) {
    SqlNode node = SqlSyntax.DRUID.readQuery(sql).node();
    if (node == null) {
      // Names may be words of SQL too; which ones is known when the table is.
      Matcher from = FROM.matcher(sql);
      return from.find() ? Optional.of(from.group(1)) : Optional.empty();
    }
    SqlNode query = node instanceof SqlOrderBy ordered ? ordered.query : node;
    if (!(query instanceof SqlSelect select) || select.getFrom() == null) {
      return Optional.empty();
    }
    SqlNode from = select.getFrom();
    while (from.getKind() == SqlKind.AS || from.getKind() == SqlKind.TABLE_REF) {
      from = ((SqlCall) from).operand(0);
    }
    return from instanceof SqlIdentifier name
        ? Optional.of(name.names.get(name.names.size() - 1))
        : Optional.empty();
  }

  public Selected parse(String sql) {
    SqlSyntax.Read read = SqlSyntax.DRUID.readQuery(sql);
    if (read.problem().isEmpty()) {
      return selected(read.node(), node -> SourceText.of(sql, node));
    }
    // Names that are words of SQL too, such as timestamp, may be written without quotes.
    QuotedWords quoted = QuotedWords.of(sql, names());
    SqlSyntax.Read again = SqlSyntax.DRUID.readQuery(quoted.sql());
    return again.problem().isEmpty()
        ? selected(again.node(), quoted::written)
        : new Refused(Reason.SYNTAX, read.problem().get().message());
  }

  private Set<String> names() {
    return Set.copyOf(schema.names());
  }

  private Selected selected(SqlNode node, Function<SqlNode, String> text) {
    boolean ordered = node instanceof SqlOrderBy;
    SqlNode query = ordered ? ((SqlOrderBy) node).query : node;
    try {
      SqlSelect select = select(query);
      String alias = from(select.getFrom());
      return typed(text, select, alias, ordered);
    } catch (Refusal e) {
      return e.refused;
    }
  }

  /** A condition on rows of the table, as it stands behind WHERE. */
  public Selected parseCondition(String sql) {
    SqlSyntax.Read read = SqlSyntax.DRUID.read(sql);
    if (read.problem().isPresent()) {
      SqlSyntax.Read again = SqlSyntax.DRUID.read(QuotedWords.of(sql, names()).sql());
      read = again.problem().isEmpty() ? again : read;
    }
    if (read.problem().isPresent()) {
      return new Refused(Reason.SYNTAX, read.problem().get().message());
    }
    Set<String> fields = new HashSet<>();
    try {
      Expression condition = condition(new FieldNames(table, schema, fields), read.node());
      return new Selected.Valid(List.of(), Optional.of(condition), fields);
    } catch (Refusal e) {
      return e.refused;
    }
  }

  /** Carries no stack trace: mistakes are ordinary. */
  static final class Refusal extends RuntimeException {
    private final transient Refused refused;

    Refusal(Reason reason, String what) {
      super(what, null, false, false);
      this.refused = new Refused(reason, what);
    }
  }

  private static SqlSelect select(SqlNode query) {
    return switch (query.getKind()) {
      case SELECT -> (SqlSelect) query;
      case UNION, INTERSECT, EXCEPT -> throw new Refusal(Reason.UNION, "");
      case WITH -> throw new Refusal(Reason.WITH, "");
      default -> throw new Refusal(Reason.SYNTAX, "It is no SELECT.");
    };
  }

  /** Returns the name that the table is called by. */
  private String from(SqlNode from) {
    if (from == null) {
      throw new Refusal(Reason.NO_TABLE, table);
    }
    if (from.getKind() == SqlKind.AS) {
      SqlBasicCall as = (SqlBasicCall) from;
      from(as.operand(0));
      return ((SqlIdentifier) as.operand(1)).getSimple();
    }
    if (from.getKind() == SqlKind.JOIN) {
      throw new Refusal(Reason.JOIN, "");
    }
    if (!(from instanceof SqlIdentifier name)) {
      boolean reference = from.getKind() == SqlKind.TABLE_REF;
      if (!reference) {
        throw new Refusal(Reason.FROM_SUBQUERY, "");
      }
      return from(((SqlCall) from).operand(0));
    }
    if (!name.names.get(name.names.size() - 1).equals(table)) {
      throw new Refusal(Reason.OTHER_TABLE, table);
    }
    return table;
  }

  private Selected typed(
      Function<SqlNode, String> text, SqlSelect select, String alias, boolean ordered) {
    Subqueries.refuse(select.getSelectList());
    Subqueries.refuse(select.getWhere());
    boolean more =
        ordered
            || select.isDistinct()
            || select.getGroup() != null
            || select.getHaving() != null
            || select.getFetch() != null
            || select.getOffset() != null
            || select.getQualify() != null
            || !select.getWindowList().isEmpty();
    if (more || ManyRows.anyIn(select.getSelectList())) {
      throw new Refusal(Reason.AGGREGATION, "");
    }
    Set<String> fields = new HashSet<>();
    FieldNames names = new FieldNames(alias, schema, fields);
    List<Item> items = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      if (item instanceof SqlIdentifier identifier && identifier.isStar()) {
        for (String field : star) {
          fields.add(field);
          items.add(new Item(field, field, schema.find(field).orElseThrow()));
        }
      } else {
        items.add(item(text, item, names));
      }
    }
    Set<String> aliases = new HashSet<>();
    for (Item item : items) {
      if (!aliases.add(item.alias())) {
        throw new Refusal(Reason.INVALID, "Column " + item.alias() + " occurs twice.");
      }
    }
    Optional<Expression> condition =
        Optional.ofNullable(select.getWhere()).map(where -> condition(names, where));
    return new Selected.Valid(items, condition, fields);
  }

  private Item item(Function<SqlNode, String> text, SqlNode item, FieldNames names) {
    if (item.getKind() == SqlKind.AS) {
      SqlBasicCall as = (SqlBasicCall) item;
      String alias = ((SqlIdentifier) as.operand(1)).getSimple();
      return new Item(alias, text.apply(as.operand(0)), typed(names, as.operand(0)));
    }
    if (item instanceof SqlIdentifier identifier) {
      String alias = identifier.names.get(identifier.names.size() - 1);
      return new Item(alias, text.apply(item), typed(names, item));
    }
    throw new Refusal(Reason.NO_ALIAS, text.apply(item));
  }

  private Expression condition(FieldNames names, SqlNode node) {
    Expression condition = typed(names, node);
    if (Types.isUntypedNull(condition)) {
      return Expression.Constant.none(ValueType.BOOLEAN);
    }
    if (condition.type() != ValueType.BOOLEAN) {
      throw new Refusal(
          Reason.INVALID, "A condition must be BOOLEAN but is " + condition.type() + ".");
    }
    return condition;
  }

  private Expression typed(FieldNames names, SqlNode node) {
    Subqueries.refuse(node);
    FunctionCatalogue catalogue = DruidFunctions.catalogue();
    names.refuseUnknownFunctions(node, catalogue);
    List<Parsed.Problem> problems = new ArrayList<>();
    Expression expression =
        new Typing(schema, catalogue, SESSION, problems).whole(names.resolved(node));
    if (!problems.isEmpty()) {
      throw new Refusal(Reason.INVALID, problems.get(0).message());
    }
    return expression;
  }
}

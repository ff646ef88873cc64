package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/**
 * Makes typed expressions of SQL. Pure: the same text gives the same expression. Of any thread.
 *
 * <p>Calcite parses; names, types and literals are checked here, because its validator stops at the
 * first mistake and its coercions are not those of the dialects.
 */
public final class ExpressionParser {
  private final SqlSyntax syntax;
  private final FunctionCatalogue catalogue;
  private final SessionSettings settings;

  private ExpressionParser(
      SqlSyntax syntax, FunctionCatalogue catalogue, SessionSettings settings) {
    this.syntax = syntax;
    this.catalogue = catalogue;
    this.settings = settings;
  }

  /** The scalar expressions of Druid SQL. */
  public static ExpressionParser druid(SessionSettings settings) {
    return new ExpressionParser(SqlSyntax.DRUID, DruidFunctions.catalogue(), settings);
  }

  /** The expressions of ClickHouse SQL that can be computed of one row by itself. */
  public static ExpressionParser clickHouse(SessionSettings settings) {
    return new ExpressionParser(SqlSyntax.CLICK_HOUSE, ClickHouseFunctions.catalogue(), settings);
  }

  /**
   * A query from {@code {STREAM}}, in ClickHouse SQL.
   *
   * @param schema what a row of the stream holds
   */
  public ParsedQuery parseQuery(String sql, InputSchema schema) {
    SqlSyntax.Read read = syntax.readQuery(standard(sql, schema));
    if (read.problem().isPresent()) {
      return new ParsedQuery.Invalid(List.of(read.problem().get().message()));
    }
    return new StreamQuery(schema, catalogue, settings).of(read.node());
  }

  private String standard(String sql, InputSchema schema) {
    return syntax == SqlSyntax.CLICK_HOUSE
        ? ClickHouseText.standard(sql, Set.copyOf(schema.names()), catalogue::knows)
        : sql;
  }

  /** An expression of any type. */
  public Parsed parse(String sql, InputSchema schema) {
    SqlSyntax.Read read = syntax.read(standard(sql, schema));
    if (read.problem().isPresent()) {
      return new Parsed.Invalid(List.of(read.problem().get()));
    }
    return typed(read.node(), schema);
  }

  /** As {@link #parse}, or of many rows: an aggregate function of an expression. */
  public Parsed parseColumn(String sql, InputSchema schema) {
    SqlSyntax.Read read = syntax.read(sql);
    if (read.problem().isPresent() || !Aggregates.isOne(read.node())) {
      return parse(sql, schema);
    }
    List<Parsed.Problem> problems = new ArrayList<>();
    Typing typing = new Typing(schema, catalogue, settings, problems);
    try {
      return Aggregates.typed(read.node(), typing);
    } catch (Mistake e) {
      typing.report(e);
      return invalid(problems);
    }
  }

  /** Whether the outermost call of an expression of Druid SQL is a function of many rows. */
  public static boolean isAggregation(String sql) {
    SqlSyntax.Read read = SqlSyntax.DRUID.read(sql);
    return read.problem().isEmpty() && Aggregates.isOne(read.node());
  }

  private Parsed typed(SqlNode node, InputSchema schema) {
    List<Parsed.Problem> problems = new ArrayList<>();
    Expression expression = new Typing(schema, catalogue, settings, problems).whole(node);
    return problems.isEmpty() ? new Parsed.Valid(expression) : invalid(problems);
  }

  private static Parsed invalid(List<Parsed.Problem> problems) {
    problems.sort(
        Comparator.comparingInt(Parsed.Problem::line).thenComparingInt(Parsed.Problem::column));
    return new Parsed.Invalid(problems);
  }

  /** A condition: an expression that is true, false or null. */
  public Parsed parseFilter(String sql, InputSchema schema) {
    Parsed parsed = parse(sql, schema);
    if (parsed instanceof Parsed.Valid valid && valid.expression().type() != ValueType.BOOLEAN) {
      if (Types.isUntypedNull(valid.expression())) {
        return new Parsed.Valid(Expression.Constant.none(ValueType.BOOLEAN));
      }
      return new Parsed.Invalid(
          List.of(
              new Parsed.Problem(
                  1, 1, "A filter must be BOOLEAN but is " + valid.expression().type() + ".")));
    }
    return parsed;
  }
}

package io.penstock.control.expression;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** How a dialect's SQL is written; parses it. */
final class SqlSyntax {
  /** Double quotes around names, which keep their case. */
  static final SqlSyntax DRUID =
      new SqlSyntax(
          SqlParser.config()
              .withCaseSensitive(true)
              .withUnquotedCasing(Casing.UNCHANGED)
              .withQuotedCasing(Casing.UNCHANGED)
              .withQuoting(Quoting.DOUBLE_QUOTE)
              .withConformance(new BangEqual())
              .withIdentifierMaxLength(Integer.MAX_VALUE));

  /** Its texts are rewritten before they are read, see {@link ClickHouseText}. */
  static final SqlSyntax CLICK_HOUSE = new SqlSyntax(DRUID.config);

  private static final int MAX_LENGTH = 20_000;
  private static final int MAX_NESTING = 60;
  private static final Pattern WHAT_FOLLOWS = Pattern.compile("(?s)\\s*Was expecting.*");
  private static final Pattern POSITION =
      Pattern.compile(" ?(at|From) line \\d+, column \\d+( to line \\d+, column \\d+)?");

  private final SqlParser.Config config;

  private SqlSyntax(SqlParser.Config config) {
    this.config = config;
  }

  /**
   * What a parser made of a text.
   *
   * @param node null if there is a problem
   */
  record Read(SqlNode node, Optional<Parsed.Problem> problem) {
    static Read problem(int line, int column, String message) {
      return new Read(null, Optional.of(new Parsed.Problem(line, column, message)));
    }
  }

  /** Standard SQL, {@code !=} and {@code %}. */
  private static final class BangEqual extends SqlDelegatingConformance {
    BangEqual() {
      super(SqlConformanceEnum.DEFAULT);
    }

    @Override
    public boolean isBangEqualAllowed() {
      return true;
    }

    @Override
    public boolean isPercentRemainderAllowed() {
      return true;
    }
  }

  /** One expression. */
  Read read(String sql) {
    return read(sql, SqlParser::parseExpression);
  }

  /** One query. */
  Read readQuery(String sql) {
    return read(sql, SqlParser::parseQuery);
  }

  /** What is read of a text. */
  @FunctionalInterface
  private interface Parsing {
    SqlNode of(SqlParser parser) throws SqlParseException;
  }

  private Read read(String sql, Parsing parsing) {
    if (sql.isBlank()) {
      return Read.problem(1, 1, "An expression must not be empty.");
    }
    if (sql.length() > MAX_LENGTH) {
      return Read.problem(
          1,
          1,
          "An expression has at most " + MAX_LENGTH + " characters, not " + sql.length() + ".");
    }
    int tooDeep = Nesting.first(sql, MAX_NESTING);
    if (tooDeep >= 0) {
      return Read.problem(
          1, tooDeep + 1, "Parentheses are nested more than " + MAX_NESTING + " deep.");
    }
    try {
      return new Read(parsing.of(SqlParser.create(sql, config)), Optional.empty());
    } catch (SqlParseException e) {
      if (e.getCause() instanceof LinkageError error) {
        // The parser takes what is missing of itself for a mistake in the text.
        throw error;
      }
      int line = e.getPos() == null ? 1 : Math.max(1, e.getPos().getLineNum());
      int column = e.getPos() == null ? 1 : Math.max(1, e.getPos().getColumnNum());
      return Read.problem(line, column, message(e));
    }
  }

  private static String message(SqlParseException e) {
    String whole = e.getMessage() == null ? "not SQL" : e.getMessage();
    String first = WHAT_FOLLOWS.matcher(whole).replaceFirst("");
    String message = POSITION.matcher(first).replaceAll("").strip();
    return message.endsWith(".") ? message : message + ".";
  }
}

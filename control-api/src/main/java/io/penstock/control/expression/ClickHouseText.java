package io.penstock.control.expression;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Rewrites the text of ClickHouse SQL to that of standard SQL: how names and texts are quoted, and
 * {@code ==}. What is known to be a name is quoted, whatever else the word means in standard SQL.
 */
final class ClickHouseText {
  /** What {@code {STREAM}} becomes. */
  static final String STREAM = "{STREAM}";

  private static final Map<Character, Character> ESCAPES =
      Map.of('n', '\n', 't', '\t', 'r', '\r', 'b', '\b', 'f', '\f', '0', '\0');
  private static final Set<String> KEYWORDS =
      Set.of(
          "SELECT",
          "FROM",
          "WHERE",
          "AND",
          "OR",
          "NOT",
          "IN",
          "IS",
          "NULL",
          "LIKE",
          "BETWEEN",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "AS",
          "TRUE",
          "FALSE",
          "INTERVAL",
          "CAST");

  private final String sql;
  private final Set<String> names;
  private final Predicate<String> functions;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int depth;
  private boolean afterAs;

  private ClickHouseText(String sql, Set<String> names, Predicate<String> functions) {
    this.sql = sql;
    this.names = names;
    this.functions = functions;
  }

  /**
   * @param names of fields, case-sensitive
   * @param functions whether there is one of a name
   */
  static String standard(String sql, Set<String> names, Predicate<String> functions) {
    return new ClickHouseText(sql, names, functions).rewritten();
  }

  private String rewritten() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'') {
        text();
      } else if (c == '`' || c == '"') {
        quoted(c);
      } else if (sql.startsWith("--", at)) {
        skip(sql.indexOf('\n', at), 1);
      } else if (sql.startsWith("/*", at)) {
        skip(sql.indexOf("*/", at), 2);
      } else if (sql.regionMatches(true, at, STREAM, 0, STREAM.length())) {
        name(STREAM);
        at += STREAM.length();
      } else if (Character.isJavaIdentifierStart(c)) {
        word();
      } else if (Character.isDigit(c)) {
        number();
      } else {
        sign(c);
      }
    }
    return out.toString();
  }

  private void sign(char c) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    boolean twice = c == '=' && sql.startsWith("==", at);
    out.append(twice ? "= " : String.valueOf(c));
    at += twice ? 2 : 1;
  }

  /** Digits are no word, not even with an exponent behind them. */
  private void number() {
    int end = at;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
      end++;
    }
    out.append(sql, at, end);
    at = end;
  }

  /** Comments are a blank, or a new line. */
  private void skip(int found, int length) {
    out.append(length == 1 ? '\n' : ' ');
    at = found < 0 ? sql.length() : found + length;
  }

  private void text() {
    out.append('\'');
    for (at++; at < sql.length(); at++) {
      char c = sql.charAt(at);
      boolean doubled = c == '\'' && sql.startsWith("''", at);
      if (c == '\'' && !doubled) {
        at++;
        break;
      }
      if (doubled) {
        at++;
      }
      append(c == '\\' && at + 1 < sql.length() ? escaped(sql.charAt(++at)) : String.valueOf(c));
    }
    out.append('\'');
  }

  /** A backslash before anything else is one. */
  private static String escaped(char c) {
    Character known = ESCAPES.get(c);
    if (known != null) {
      return String.valueOf(known);
    }
    return c == '\\' || c == '\'' || c == '"' || c == '`' ? String.valueOf(c) : "\\" + c;
  }

  private void append(String text) {
    out.append(text.equals("'") ? "''" : text);
  }

  private void quoted(char quote) {
    int end = sql.indexOf(quote, at + 1);
    end = end < 0 ? sql.length() : end;
    name(sql.substring(Math.min(at + 1, end), end));
    at = Math.min(sql.length(), end + 1);
    afterAs = false;
  }

  private void name(String name) {
    out.append('"').append(name.replace("\"", "\"\"")).append('"');
  }

  private void word() {
    int end = at;
    while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
      end++;
    }
    String word = sql.substring(at, end);
    String upper = word.toUpperCase(Locale.ROOT);
    int next = end;
    while (next < sql.length() && Character.isWhitespace(sql.charAt(next))) {
      next++;
    }
    boolean call = next < sql.length() && sql.charAt(next) == '(';
    boolean alias = afterAs && depth == 0;
    boolean known = call ? functions.test(upper) : names.contains(word);
    if (alias || (known && !KEYWORDS.contains(upper))) {
      name(word);
    } else {
      out.append(word);
    }
    afterAs = upper.equals("AS");
    at = end;
  }
}

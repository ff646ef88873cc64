package io.penstock.control.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * SQL in which names that may be words of the language are quoted: those of fields, of keys behind
 * a dot, of aliases behind AS, and those that begin with a dollar sign.
 *
 * @param sql one line
 * @param origins where each character was written
 */
record QuotedWords(String sql, String source, List<Integer> origins) {
  /** Quotes, comments, words, and everything else by single characters. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|(?s:/\\*.*?\\*/)"
              + "|[A-Za-z_$][A-Za-z0-9_$]*|\\d[\\w.]*|(?s:.)");

  static QuotedWords of(String source, Set<String> fields) {
    StringBuilder sql = new StringBuilder();
    List<Integer> origins = new ArrayList<>();
    Matcher token = TOKEN.matcher(source);
    String before = "";
    while (token.find()) {
      String text = token.group();
      if (text.startsWith("--") || text.startsWith("/*")) {
        append(sql, origins, " ", token.start());
        continue;
      }
      boolean word = Character.isJavaIdentifierStart(text.charAt(0));
      boolean named = before.equals(".") || before.equalsIgnoreCase("AS") || text.startsWith("$");
      boolean field = fields.contains(text) && !beginsCall(source, token.end());
      boolean quoted = word && (named || field);
      append(sql, origins, quoted ? "\"" : "", token.start());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        append(sql, origins, c == '\n' || c == '\r' ? " " : String.valueOf(c), token.start() + i);
      }
      append(sql, origins, quoted ? "\"" : "", token.end() - 1);
      before = text.isBlank() ? before : text;
    }
    return new QuotedWords(sql.toString(), source, origins);
  }

  private static void append(StringBuilder sql, List<Integer> origins, String text, int origin) {
    if (!text.isEmpty()) {
      sql.append(text);
      origins.add(origin);
    }
  }

  /** Whether parentheses follow, or the text of a literal such as {@code TIMESTAMP '…'}. */
  private static boolean beginsCall(String source, int at) {
    String rest = source.substring(at).stripLeading();
    return rest.startsWith("(") || rest.startsWith("'");
  }

  /** What was written where a node was parsed from. */
  String written(SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    int start = origins.get(position.getColumnNum() - 1);
    int end = origins.get(Math.min(position.getEndColumnNum(), origins.size()) - 1) + 1;
    return source.substring(start, end).strip().replaceAll("\\s+", " ");
  }
}

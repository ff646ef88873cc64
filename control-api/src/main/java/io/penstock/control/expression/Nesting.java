package io.penstock.control.expression;

/** Finds parentheses that are nested so deeply that a recursive parser needs too much stack. */
final class Nesting {
  private Nesting() {}

  /** Index of the first parenthesis deeper than {@code most}; negative if there is none. */
  static int first(String sql, int most) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[') {
        depth++;
        if (depth > most) {
          return i;
        }
      } else if (c == ')' || c == ']') {
        depth--;
      }
    }
    return -1;
  }
}

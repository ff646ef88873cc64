package io.penstock.control.dialect.polaris;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A pattern of whole keys: {@code *} and {@code ?} stay within one level, {@code **} crosses
 * levels, {@code [a-z]}, {@code {a,b}}; a backslash makes the next character ordinary.
 *
 * @param head what every key that matches begins with
 * @param expression RE2, of a whole key
 */
record Glob(String head, String expression) {
  private static final String SPECIAL = "*?[{\\";

  /** Empty if brackets or braces do not match. */
  static Optional<Glob> parse(String glob) {
    int end = 0;
    while (end < glob.length() && SPECIAL.indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    StringBuilder expression = new StringBuilder(Pattern.quote(glob.substring(0, end)));
    int depth = 0;
    for (int i = end; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          boolean crosses = i + 1 < glob.length() && glob.charAt(i + 1) == '*';
          expression.append(crosses ? ".*" : "[^/]*");
          i += crosses ? 1 : 0;
        }
        case '?' -> expression.append("[^/]");
        case '[' -> {
          int close = glob.indexOf(']', i + 2);
          if (close < 0) {
            return Optional.empty();
          }
          String set = glob.substring(i + 1, close);
          boolean not = set.startsWith("!") || set.startsWith("^");
          String members = (not ? set.substring(1) : set).replace("\\", "\\\\").replace("[", "\\[");
          expression.append(not ? "[^/" : "[").append(members).append(']');
          i = close;
        }
        case '{' -> {
          depth++;
          expression.append("(?:");
        }
        case '}' -> {
          expression.append(depth > 0 ? ")" : "\\}");
          depth = Math.max(0, depth - 1);
        }
        case ',' -> expression.append(depth > 0 ? "|" : ",");
        case '\\' -> {
          i++;
          if (i == glob.length()) {
            return Optional.empty();
          }
          expression.append(Pattern.quote(glob.substring(i, i + 1)));
        }
        default -> expression.append(Pattern.quote(Character.toString(c)));
      }
    }
    return depth == 0 && compiles(expression.toString())
        ? Optional.of(new Glob(glob.substring(0, end), expression.toString()))
        : Optional.empty();
  }

  private static boolean compiles(String expression) {
    try {
      return Pattern.compile(expression).groupCount() == 0;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}

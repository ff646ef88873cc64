package io.penstock.control.export;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The interval's bounds in a query: {@code {data_interval_start}} and {@code {data_interval_end}},
 * but not inside of quotes or comments. Pure.
 */
public final class Placeholders {
  public static final String START = "data_interval_start";
  public static final String END = "data_interval_end";
  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("'TIMESTAMP '''uuuu-MM-dd HH:mm:ss.SSSSSS''");

  private Placeholders() {}

  /** What stands between braces, in the text's order. */
  public static List<String> names(String sql) {
    List<String> names = new ArrayList<>();
    filled(
        sql,
        name -> {
          names.add(name);
          return "";
        });
    return names;
  }

  /**
   * @param start absent if the query does not name it
   */
  static String filled(String sql, Optional<Instant> start, Instant end) {
    return filled(
        sql,
        name ->
            literal(
                name.equals(END)
                    ? end
                    : start.orElseThrow(() -> new IllegalArgumentException("there is no start"))));
  }

  private static String literal(Instant instant) {
    return LITERAL.format(instant.atOffset(ZoneOffset.UTC));
  }

  private interface Value {
    String of(String name);
  }

  private static String filled(String sql, Value value) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      int next = skipped(sql, at);
      if (next > at) {
        filled.append(sql, at, next);
        at = next;
        continue;
      }
      int close = sql.charAt(at) == '{' ? sql.indexOf('}', at) : -1;
      if (close > 0) {
        filled.append(value.of(sql.substring(at + 1, close).strip()));
        at = close + 1;
      } else {
        filled.append(sql.charAt(at));
        at++;
      }
    }
    return filled.toString();
  }

  /** The end of the quotes or the comment that begins there; the same place if none does. */
  private static int skipped(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"') {
      return behind(sql, sql.indexOf(c, at + 1), 1);
    }
    if (sql.startsWith("--", at)) {
      return behind(sql, sql.indexOf('\n', at), 1);
    }
    if (sql.startsWith("/*", at)) {
      return behind(sql, sql.indexOf("*/", at + 2), 2);
    }
    return at;
  }

  private static int behind(String sql, int index, int length) {
    return index < 0 ? sql.length() : index + length;
  }
}

package io.penstock.control.expression;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What was written where a node was parsed from. */
final class SourceText {
  private SourceText() {}

  static String of(String sql, SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    int start = offset(sql, position.getLineNum(), position.getColumnNum());
    int end = offset(sql, position.getEndLineNum(), position.getEndColumnNum()) + 1;
    return start < end && end <= sql.length()
        ? sql.substring(start, end).strip().replaceAll("\\s+", " ")
        : node.toString();
  }

  private static int offset(String sql, int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      at = sql.indexOf('\n', at) + 1;
    }
    return at + column - 1;
  }
}

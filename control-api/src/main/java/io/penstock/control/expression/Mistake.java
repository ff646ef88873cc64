package io.penstock.control.expression;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A part of an expression has no type. Carries no stack trace: mistakes are ordinary. */
final class Mistake extends Exception {
  private final transient SqlParserPos position;
  private final boolean later;

  Mistake(SqlNode at, String message) {
    this(at.getParserPosition(), message);
  }

  Mistake(SqlParserPos position, String message) {
    this(position, message, false);
  }

  private Mistake(SqlParserPos position, String message, boolean later) {
    super(message, null, false, false);
    this.position = position;
    this.later = later;
  }

  /** What is no mistake, but not offered here. */
  static Mistake later(SqlNode at, String message) {
    return new Mistake(at.getParserPosition(), message, true);
  }

  /** One of its parts has a mistake, which has been reported. */
  static Mistake reported() {
    return new Mistake(SqlParserPos.ZERO, "");
  }

  boolean isReported() {
    return getMessage().isEmpty();
  }

  Parsed.Problem problem() {
    return new Parsed.Problem(
        Math.max(1, position.getLineNum()),
        Math.max(1, position.getColumnNum()),
        getMessage(),
        later);
  }
}

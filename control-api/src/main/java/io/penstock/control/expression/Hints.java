package io.penstock.control.expression;

import io.penstock.spec.expression.ValueType;

/** What to write instead of an argument of the wrong type. */
final class Hints {
  private Hints() {}

  /** A sentence, with a blank before it; empty if nothing is known. */
  static String forArgument(ParameterKind kind, ValueType given) {
    return switch (kind) {
      case TEXT, TEXTUAL, PERIOD, ZONE, TIME_PATTERN, TIME_PART, REGEX, PATH, BLOCK, LITERAL_TEXT ->
          given.isNumber() ? " Use CAST(… AS VARCHAR)." : "";
      case WHOLE, NUMBER, DOUBLE, PLACE, COUNT, LITERAL_COUNT ->
          given == ValueType.VARCHAR
              ? " Use CAST(… AS BIGINT) or CAST(… AS DOUBLE)."
              : given == ValueType.TIMESTAMP ? " Use TIMESTAMP_TO_MILLIS(…)." : "";
      case TIME, ORIGIN ->
          given == ValueType.VARCHAR
              ? " Use TIME_PARSE(…)."
              : given.isNumber() ? " Use MILLIS_TO_TIMESTAMP(…)." : "";
      case JSON -> given == ValueType.VARCHAR ? " Use TRY_PARSE_JSON(…)." : "";
      case BOOL, ANY, ARRAY, ADDRESS -> "";
    };
  }
}

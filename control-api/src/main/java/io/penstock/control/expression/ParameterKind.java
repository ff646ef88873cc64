package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.Optional;

/** What a function takes in a place. */
enum ParameterKind {
  TEXT("VARCHAR", LiteralRule.NONE),
  WHOLE("BIGINT", LiteralRule.NONE),
  /** Any number; all arguments of this kind become BIGINT, or else DOUBLE. */
  NUMBER("a number", LiteralRule.NONE),
  /** Any number, made a DOUBLE. */
  DOUBLE("a number", LiteralRule.NONE),
  BOOL("BOOLEAN", LiteralRule.NONE),
  TIME("TIMESTAMP", LiteralRule.NONE),
  JSON("JSON", LiteralRule.NONE),
  ARRAY("an array", LiteralRule.NONE),
  ANY("any type", LiteralRule.NONE),
  /** What has a text, and becomes it. */
  TEXTUAL("a value with a text", LiteralRule.NONE),
  /** 1 or more, as far as it is a literal. */
  PLACE("BIGINT", LiteralRules.atLeast(1)),
  /** 0 or more, as far as it is a literal. */
  COUNT("BIGINT", LiteralRules.atLeast(0)),
  /** A literal of it; so for those below. */
  PERIOD("a period", LiteralRules.PERIOD),
  ORIGIN("TIMESTAMP", LiteralRules.LITERAL),
  /** The session's if it is not given. */
  ZONE("a zone", LiteralRules.ZONE),
  TIME_PATTERN("a pattern", LiteralRules.TIME_PATTERN),
  TIME_PART("a unit of time", LiteralRules.TIME_PART),
  PATH("a path", LiteralRules.PATH),
  BLOCK("a block of addresses", LiteralRules.BLOCK),
  /** Text, or the number of an IPv4 address. */
  ADDRESS("VARCHAR or BIGINT", LiteralRule.NONE),
  REGEX("a regular expression", LiteralRules.REGEX),
  LITERAL_TEXT("VARCHAR", LiteralRules.LITERAL),
  LITERAL_COUNT("BIGINT", LiteralRules.LITERAL_COUNT);

  private final String described;
  private final LiteralRule rule;

  ParameterKind(String described, LiteralRule rule) {
    this.described = described;
    this.rule = rule;
  }

  /** For messages. */
  String described() {
    return described;
  }

  boolean accepts(Expression argument) {
    if (Types.isUntypedNull(argument)) {
      return true;
    }
    ValueType type = argument.type();
    return switch (this) {
      case TEXT, PERIOD, ZONE, TIME_PATTERN, TIME_PART, REGEX, PATH, BLOCK, LITERAL_TEXT ->
          type == ValueType.VARCHAR;
      case ADDRESS -> type == ValueType.VARCHAR || type == ValueType.BIGINT;
      case TEXTUAL -> type != ValueType.JSON && !type.isArray();
      case WHOLE, PLACE, COUNT, LITERAL_COUNT -> type == ValueType.BIGINT;
      case NUMBER, DOUBLE -> type.isNumber();
      case BOOL -> type == ValueType.BOOLEAN;
      case TIME, ORIGIN -> type == ValueType.TIMESTAMP;
      case JSON -> type == ValueType.JSON;
      case ARRAY -> type.isArray();
      case ANY -> true;
    };
  }

  /** The type that an accepted argument is made; empty if it is left as it is. */
  Optional<ValueType> madeTo() {
    return switch (this) {
      case TEXT, TEXTUAL, PERIOD, ZONE, TIME_PATTERN, TIME_PART, REGEX, PATH, BLOCK, LITERAL_TEXT ->
          Optional.of(ValueType.VARCHAR);
      case WHOLE, PLACE, COUNT, LITERAL_COUNT -> Optional.of(ValueType.BIGINT);
      case DOUBLE -> Optional.of(ValueType.DOUBLE);
      case BOOL -> Optional.of(ValueType.BOOLEAN);
      case TIME, ORIGIN -> Optional.of(ValueType.TIMESTAMP);
      case JSON -> Optional.of(ValueType.JSON);
      case NUMBER, ANY, ARRAY, ADDRESS -> Optional.empty();
    };
  }

  /** What is wrong with an argument of the right type; empty if nothing is. */
  Optional<String> refusal(Expression argument) {
    return rule.refusal(argument);
  }
}

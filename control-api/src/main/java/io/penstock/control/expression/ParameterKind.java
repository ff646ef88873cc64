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
  ANY("any type", LiteralRule.NONE);

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
    if (Types.isNull(argument)) {
      return true;
    }
    ValueType type = argument.type();
    return switch (this) {
      case TEXT -> type == ValueType.VARCHAR;
      case WHOLE -> type == ValueType.BIGINT;
      case NUMBER, DOUBLE -> type.isNumber();
      case BOOL -> type == ValueType.BOOLEAN;
      case TIME -> type == ValueType.TIMESTAMP;
      case JSON -> type == ValueType.JSON;
      case ANY -> true;
    };
  }

  /** The type that an accepted argument is made; empty if it is left as it is. */
  Optional<ValueType> madeTo() {
    return switch (this) {
      case TEXT -> Optional.of(ValueType.VARCHAR);
      case WHOLE -> Optional.of(ValueType.BIGINT);
      case DOUBLE -> Optional.of(ValueType.DOUBLE);
      case BOOL -> Optional.of(ValueType.BOOLEAN);
      case TIME -> Optional.of(ValueType.TIMESTAMP);
      case JSON -> Optional.of(ValueType.JSON);
      case NUMBER, ANY -> Optional.empty();
    };
  }

  /** What is wrong with an argument of the right type; empty if nothing is. */
  Optional<String> refusal(Expression argument) {
    return rule.refusal(argument);
  }
}

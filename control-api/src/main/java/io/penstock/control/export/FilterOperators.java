package io.penstock.control.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.Expression.Constant;
import io.penstock.spec.expression.RegularExpression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the operators of filters compute. Pure. */
final class FilterOperators {
  private static final int MOST_PATTERN = 512;

  private FilterOperators() {}

  /**
   * @throws IllegalArgumentException with a sentence if it makes no sense
   */
  static Expression of(Expression value, String operator, JsonNode given) {
    return switch (operator) {
      case "exact" -> in(value, texts(given));
      case "is_not" -> orNull(value, not(in(value, texts(given))));
      case "icontains" -> contains(value, given);
      case "not_icontains" -> orNull(value, not(contains(value, given)));
      case "regex" -> matches(value, given);
      case "not_regex" -> orNull(value, not(matches(value, given)));
      case "gt" -> compared(value, ScalarFunction.GREATER, given);
      case "gte" -> compared(value, ScalarFunction.GREATER_OR_EQUAL, given);
      case "lt" -> compared(value, ScalarFunction.LESS, given);
      case "lte" -> compared(value, ScalarFunction.LESS_OR_EQUAL, given);
      case "is_set" -> call(ScalarFunction.IS_NOT_NULL, value);
      case "is_not_set" -> call(ScalarFunction.IS_NULL, value);
      case "is_date_before" -> dated(value, ScalarFunction.LESS, given);
      case "is_date_after" -> dated(value, ScalarFunction.GREATER, given);
      default -> throw new IllegalArgumentException("there is no operator '" + operator + "'");
    };
  }

  static Expression text(String value) {
    return new Constant(ValueType.VARCHAR, Optional.of(value));
  }

  static Expression call(ScalarFunction function, Expression... arguments) {
    return new Expression.Call(function, List.of(arguments), ValueType.BOOLEAN);
  }

  static Expression not(Expression condition) {
    return call(ScalarFunction.NOT, condition);
  }

  static Expression orNull(Expression value, Expression condition) {
    return call(ScalarFunction.OR, call(ScalarFunction.IS_NULL, value), condition);
  }

  private static List<String> texts(JsonNode given) {
    List<String> texts = new ArrayList<>();
    if (given.isArray()) {
      given.forEach(one -> texts.add(scalar(one)));
    } else {
      texts.add(scalar(given));
    }
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("'value' must not be empty");
    }
    return texts;
  }

  private static String scalar(JsonNode value) {
    if (value.isContainerNode() || value.isNull() || value.isMissingNode()) {
      throw new IllegalArgumentException("'value' must be a text, a number or a boolean");
    }
    return value.asText();
  }

  /** One of them. */
  static Expression in(Expression value, List<String> texts) {
    ValueType type = value.type();
    List<Expression> arguments = new ArrayList<>();
    if (type == ValueType.BIGINT || type == ValueType.DOUBLE || type == ValueType.FLOAT) {
      arguments.add(cast(value, ValueType.DOUBLE));
      for (String text : texts) {
        BigDecimal number =
            number(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no number"));
        arguments.add(constant(ValueType.DOUBLE, Double.toString(number.doubleValue())));
      }
    } else if (type == ValueType.TIMESTAMP) {
      arguments.add(value);
      texts.forEach(text -> arguments.add(time(text)));
    } else {
      arguments.add(asText(value));
      texts.forEach(text -> arguments.add(text(text)));
    }
    return new Expression.Call(ScalarFunction.IN, arguments, ValueType.BOOLEAN);
  }

  private static Constant constant(ValueType type, String value) {
    return new Constant(type, Optional.of(value));
  }

  private static Expression asText(Expression value) {
    return cast(value, ValueType.VARCHAR);
  }

  private static Expression cast(Expression value, ValueType type) {
    return value.type() == type
        ? value
        : new Expression.Call(ScalarFunction.CAST, List.of(value), type);
  }

  private static Expression contains(Expression value, JsonNode given) {
    return call(ScalarFunction.ICONTAINS_STRING, asText(value), text(scalar(given)));
  }

  private static Expression matches(Expression value, JsonNode given) {
    String pattern = scalar(given);
    if (pattern.length() > MOST_PATTERN) {
      throw new IllegalArgumentException("a pattern has at most " + MOST_PATTERN + " characters");
    }
    new RegularExpression(pattern).groups();
    return call(ScalarFunction.REGEXP_LIKE, asText(value), text(pattern));
  }

  /** As numbers if both sides are numbers, else as text; null fails. */
  private static Expression compared(Expression value, ScalarFunction function, JsonNode given) {
    String text = scalar(given);
    if (value.type() == ValueType.TIMESTAMP) {
      return call(function, value, time(text));
    }
    Optional<BigDecimal> number = number(text);
    if (number.isEmpty()) {
      return call(function, asText(value), text(text));
    }
    Constant wanted = constant(ValueType.DOUBLE, Double.toString(number.get().doubleValue()));
    if (value.type().isNumber()) {
      return call(function, cast(value, ValueType.DOUBLE), wanted);
    }
    Expression read =
        new Expression.Call(ScalarFunction.TRY_CAST, List.of(asText(value)), ValueType.DOUBLE);
    return call(
        ScalarFunction.CASE,
        call(ScalarFunction.IS_NOT_NULL, read),
        call(function, read, wanted),
        call(function, asText(value), text(text)));
  }

  private static Expression dated(Expression value, ScalarFunction function, JsonNode given) {
    Expression time =
        value.type() == ValueType.TIMESTAMP
            ? value
            : new Expression.Call(
                ScalarFunction.TRY_TIME_PARSE,
                List.of(asText(value), Constant.none(ValueType.VARCHAR), text("UTC")),
                ValueType.TIMESTAMP);
    return call(function, time, time(scalar(given)));
  }

  private static Constant time(String text) {
    try {
      Instant instant = instant(text.strip().replace(' ', 'T'));
      return constant(
          ValueType.TIMESTAMP, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no ISO instant", e);
    }
  }

  private static Instant instant(String text) {
    if (text.length() <= 10) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    boolean zoned = text.endsWith("Z") || text.substring(10).matches(".*[+-].*");
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}

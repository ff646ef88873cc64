package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads an object of a request, field by field, noting what is wrong with each. */
final class Body {
  private final JsonNode node;
  private final String pointer;
  private final Violations violations;

  Body(JsonNode node, String pointer, Violations violations) {
    this.node = node;
    this.pointer = pointer;
    this.violations = violations;
  }

  private String at(String field) {
    return pointer.isEmpty() ? field : pointer + "." + field;
  }

  void wrong(String field, String message) {
    violations.add(at(field), message);
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  void allowOnly(Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                wrong(name, Violations.UNKNOWN);
              }
            });
  }

  /** Absent objects are reported, and read as empty. */
  Body object(String field) {
    JsonNode value = node.get(field);
    if (value != null && value.isObject()) {
      return new Body(value, at(field), violations);
    }
    wrong(field, value == null || value.isNull() ? Violations.REQUIRED : "An object is required.");
    return new Body(JsonNodeFactory.instance.objectNode(), at(field), new Violations());
  }

  Optional<String> text(String field, int maxLength) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      wrong(field, "Not a valid string.");
      return Optional.empty();
    }
    if (value.textValue().length() > maxLength) {
      wrong(field, "Ensure this field has no more than " + maxLength + " characters.");
    }
    return Optional.of(value.textValue());
  }

  String requiredText(String field, int maxLength) {
    if (!has(field)) {
      wrong(field, Violations.REQUIRED);
    }
    return text(field, maxLength).orElse("");
  }

  /** Numbers as text are taken. */
  long integer(String field, long min, long max, long fallback) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return fallback;
    }
    String text = value.asText();
    if (!(value.isIntegralNumber() || value.isTextual()) || !text.matches("-?\\d{1,18}")) {
      wrong(field, "A valid integer is required.");
      return fallback;
    }
    long number = Long.parseLong(text);
    if (number < min) {
      wrong(field, "Ensure this value is greater than or equal to " + min + ".");
      return fallback;
    }
    if (number > max) {
      wrong(field, "Ensure this value is less than or equal to " + max + ".");
      return fallback;
    }
    return number;
  }

  /** Also {@code "true"}, {@code "false"}, 0 and 1. */
  boolean truth(String field, boolean fallback) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return fallback;
    }
    return switch (value.asText().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> {
        wrong(field, "Must be a valid boolean.");
        yield fallback;
      }
    };
  }

  JsonNode get(String field) {
    JsonNode value = node.get(field);
    return value == null ? JsonNodeFactory.instance.nullNode() : value;
  }
}

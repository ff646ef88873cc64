package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a field takes, and what clients are told of that. */
sealed interface FieldType {
  /** As {@code OPTIONS} calls it; never empty. */
  String wireName();

  /** The value to keep; missing after a violation. */
  JsonNode read(JsonNode given, String pointer, Violations violations);

  /** Adds what the descriptor says beside the type. */
  default void describe(ObjectNode descriptor) {}

  private static JsonNode refused(Violations violations, String pointer, String message) {
    violations.add(pointer, message);
    return MissingNode.getInstance();
  }

  private static void choices(ObjectNode descriptor, List<String> choices) {
    ArrayNode list = descriptor.putArray("choices");
    for (String choice : choices) {
      list.addObject().put("value", choice).put("display_name", choice.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Text.
   *
   * @param maxLength in characters; 0 for any
   * @param known texts that clients are told of; others are taken too
   */
  record Text(int maxLength, List<String> known) implements FieldType {
    public Text {
      known = List.copyOf(known);
    }

    @Override
    public String wireName() {
      return "string";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      if (!given.isTextual()) {
        return FieldType.refused(violations, pointer, "Not a valid string.");
      }
      if (maxLength > 0 && given.textValue().length() > maxLength) {
        return FieldType.refused(
            violations,
            pointer,
            "Ensure this field has no more than " + maxLength + " characters.");
      }
      return given;
    }

    @Override
    public void describe(ObjectNode descriptor) {
      if (maxLength > 0) {
        descriptor.put("max_length", maxLength);
      }
      if (!known.isEmpty()) {
        FieldType.choices(descriptor, known);
      }
    }
  }

  /** A UUID, kept in lower case. */
  record Id() implements FieldType {
    @Override
    public String wireName() {
      return "string";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      return Requests.uuid(given.asText())
          .<JsonNode>map(id -> TextNode.valueOf(id.toString()))
          .orElseGet(() -> FieldType.refused(violations, pointer, "Must be a valid UUID."));
    }
  }

  /** An integer, also as text. */
  record Whole(long min) implements FieldType {
    @Override
    public String wireName() {
      return "integer";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      String text = given.asText();
      boolean whole = given.isIntegralNumber() || given.isTextual();
      if (!whole || !text.matches("-?\\d{1,18}")) {
        return FieldType.refused(violations, pointer, "A valid integer is required.");
      }
      long number = Long.parseLong(text);
      return number < min
          ? FieldType.refused(
              violations, pointer, "Ensure this value is greater than or equal to " + min + ".")
          : LongNode.valueOf(number);
    }
  }

  /** A boolean, also as text, 0 or 1. */
  record Truth() implements FieldType {
    @Override
    public String wireName() {
      return "boolean";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      return switch (given.asText().toLowerCase(Locale.ROOT)) {
        case "true", "1" -> BooleanNode.TRUE;
        case "false", "0" -> BooleanNode.FALSE;
        default -> FieldType.refused(violations, pointer, "Must be a valid boolean.");
      };
    }
  }

  /** A point in time. Only replies have them. */
  record Moment() implements FieldType {
    @Override
    public String wireName() {
      return "datetime";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      return given;
    }
  }

  /**
   * One of some texts.
   *
   * @param refusal format of the message, with the wrong text
   */
  record Choice(List<String> choices, String refusal) implements FieldType {
    public Choice {
      choices = List.copyOf(choices);
    }

    @Override
    public String wireName() {
      return "choice";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      String text = given.isTextual() ? given.textValue() : given.toString();
      return choices.contains(text)
          ? TextNode.valueOf(text)
          : FieldType.refused(violations, pointer, refusal.formatted(text));
    }

    @Override
    public void describe(ObjectNode descriptor) {
      FieldType.choices(descriptor, choices);
    }
  }

  /** A list; clients are not told of what. */
  record Items(Optional<Shape> element) implements FieldType {
    @Override
    public String wireName() {
      return "list";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      if (element.isEmpty()) {
        return given.isArray()
            ? given.deepCopy()
            : FieldType.refused(violations, pointer, "Expected a list of items.");
      }
      ArrayNode items =
          given instanceof ArrayNode array
              ? array
              : JsonNodeFactory.instance.arrayNode().add(given);
      ArrayNode read = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < items.size(); i++) {
        String at = pointer + "." + i;
        if (items.get(i).isObject()) {
          read.add(element.get().filled(items.get(i), at, violations));
        } else {
          violations.add(at, "An object is required.");
        }
      }
      return items.isEmpty() ? read.add(element.get().filled()) : read;
    }
  }

  /** Any value, kept as it is. */
  record Anything() implements FieldType {
    @Override
    public String wireName() {
      return "field";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      return given.deepCopy();
    }
  }

  /** An object of a shape. */
  record Nested(Shape shape) implements FieldType {
    @Override
    public String wireName() {
      return "nested object";
    }

    @Override
    public JsonNode read(JsonNode given, String pointer, Violations violations) {
      return given.isObject()
          ? shape.filled(given, pointer, violations)
          : FieldType.refused(violations, pointer, "An object is required.");
    }

    @Override
    public void describe(ObjectNode descriptor) {
      descriptor.set("children", shape.described());
    }
  }
}

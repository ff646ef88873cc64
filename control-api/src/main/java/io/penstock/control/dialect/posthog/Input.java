package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.penstock.control.http.Requests;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An object of a request, read field by field. What is wrong is thrown at once: the first problem
 * alone is reported.
 */
record Input(ObjectNode json) {
  static final String WRONG_TIME =
      "Datetime has wrong format. Use one of these formats instead:"
          + " YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].";

  /** The body; nothing is an empty object. */
  static Input body(Context context) {
    if (context.body().isBlank()) {
      return new Input(JsonNodeFactory.instance.objectNode());
    }
    JsonNode body = Requests.body(context);
    if (body instanceof ObjectNode object) {
      return new Input(object);
    }
    throw PosthogError.invalid(notADictionary(body));
  }

  /** Of an action that needs no body: whatever is no object counts as an empty one. */
  static Input lenientBody(Context context) {
    return Requests.json(context.body())
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .map(Input::new)
        .orElseGet(() -> new Input(JsonNodeFactory.instance.objectNode()));
  }

  static String notADictionary(JsonNode value) {
    return "Invalid data. Expected a dictionary, but got " + typeWord(value) + ".";
  }

  /** What the product's language calls the type. */
  static String typeWord(JsonNode value) {
    if (value.isObject()) {
      return "dict";
    }
    if (value.isArray()) {
      return "list";
    }
    if (value.isTextual()) {
      return "str";
    }
    if (value.isBoolean()) {
      return "bool";
    }
    if (value.isNumber()) {
      return value.isIntegralNumber() ? "int" : "float";
    }
    return "NoneType";
  }

  boolean has(String field) {
    return json.has(field);
  }

  boolean hasValue(String field) {
    return json.hasNonNull(field);
  }

  JsonNode get(String field) {
    return json.path(field);
  }

  /** Absent if it was not sent. */
  Optional<String> text(String field, boolean required) {
    if (!json.has(field)) {
      if (required) {
        throw PosthogError.required(field);
      }
      return Optional.empty();
    }
    JsonNode value = notNull(field);
    if (!value.isTextual() && !value.isNumber()) {
      throw PosthogError.invalid(field, "Not a valid string.");
    }
    if (value.asText().isBlank()) {
      throw PosthogError.invalid(field, "blank", "This field may not be blank.");
    }
    return Optional.of(value.asText().strip());
  }

  /** Also null and blank; absent then. */
  Optional<String> nullableText(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw PosthogError.invalid(field, "Not a valid string.");
    }
    return Optional.of(value.textValue());
  }

  private JsonNode notNull(String field) {
    JsonNode value = json.path(field);
    if (value.isNull()) {
      throw PosthogError.notNull(field);
    }
    return value;
  }

  boolean truth(String field, boolean fallback) {
    if (!json.has(field)) {
      return fallback;
    }
    JsonNode value = notNull(field);
    String text = value.isContainerNode() ? "" : value.asText().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw PosthogError.invalid(field, "Must be a valid boolean.");
    };
  }

  /** Null is no bound. */
  Optional<Instant> time(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.of(value)
            .filter(JsonNode::isTextual)
            .flatMap(text -> Times.read(text.textValue()))
            .orElseThrow(() -> PosthogError.invalid(field, WRONG_TIME))
            .instant());
  }

  /** Null is as if it was not sent. */
  Optional<Integer> whole(String field, int least, int most) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    boolean number = value.isIntegralNumber() && value.canConvertToLong();
    if (!number && !(value.isTextual() && value.textValue().matches("-?\\d{1,18}"))) {
      throw PosthogError.invalid(field, "A valid integer is required.");
    }
    return Optional.of(bounded(field, value.asLong(), least, most));
  }

  static int bounded(String field, long value, int least, int most) {
    if (value > most) {
      throw PosthogError.invalid(
          field, "max_value", "Ensure this value is less than or equal to " + most + ".");
    }
    if (value < least) {
      throw PosthogError.invalid(
          field, "min_value", "Ensure this value is greater than or equal to " + least + ".");
    }
    return (int) value;
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.penstock.control.expression.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an object of a request, field by field, noting what is wrong. A null is absent. */
final class Fields {
  private final JsonNode node;
  private final String pointer;
  private final Problems problems;

  Fields(JsonNode node, String pointer, Problems problems) {
    this.node = node;
    this.pointer = pointer;
    this.problems = problems;
  }

  /** The field's path from the request's root. */
  String at(String field) {
    return pointer.isEmpty() ? field : pointer + "." + field;
  }

  void bad(String field, String message) {
    problems.bad(at(field), message);
  }

  void unsupported(String field, String message) {
    problems.unsupported(at(field), message);
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** Any other field is wrong, so that a slip is not ignored. */
  void allowOnly(Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                bad(name, "Unknown field \"" + name + "\"." + NearestName.hint(name, known));
              }
            });
  }

  private boolean missing(String field, boolean required) {
    if (has(field)) {
      return false;
    }
    if (required) {
      bad(field, field + " is required.");
    }
    return true;
  }

  Optional<String> text(String field) {
    return text(field, false);
  }

  /** Empty, with a problem, if it is not there or no text. */
  Optional<String> requiredText(String field) {
    return text(field, true);
  }

  private Optional<String> text(String field, boolean required) {
    if (missing(field, required)) {
      return Optional.empty();
    }
    JsonNode value = node.get(field);
    if (!value.isTextual()) {
      bad(field, field + " must be a string.");
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  /** Empty, with a problem if it is there and none of the choices. */
  Optional<String> choice(String field, List<String> choices) {
    return text(field).filter(given -> among(field, given, choices));
  }

  Optional<String> requiredChoice(String field, List<String> choices) {
    return requiredText(field).filter(given -> among(field, given, choices));
  }

  private boolean among(String field, String given, List<String> choices) {
    if (!choices.contains(given)) {
      bad(
          field,
          "%s must be one of %s but was \"%s\".%s"
              .formatted(
                  field, String.join(", ", choices), given, NearestName.hint(given, choices)));
      return false;
    }
    return true;
  }

  boolean truth(String field, boolean fallback) {
    if (missing(field, false)) {
      return fallback;
    }
    if (!node.get(field).isBoolean()) {
      bad(field, field + " must be true or false.");
      return fallback;
    }
    return node.get(field).booleanValue();
  }

  long integer(String field, long min, long max, long fallback) {
    if (missing(field, false)) {
      return fallback;
    }
    JsonNode value = node.get(field);
    boolean whole = value.isIntegralNumber() && value.canConvertToLong();
    if (!whole || value.longValue() < min || value.longValue() > max) {
      bad(
          field,
          "%s must be a whole number from %d to %d but was %s.".formatted(field, min, max, value));
      return fallback;
    }
    return value.longValue();
  }

  /** An absent object is empty; where it is required, that is a problem. */
  Fields object(String field, boolean required) {
    JsonNode value = node.get(field);
    if (value != null && value.isObject()) {
      return new Fields(value, at(field), problems);
    }
    if (!missing(field, required)) {
      bad(field, field + " must be an object.");
    }
    return new Fields(JsonNodeFactory.instance.objectNode(), at(field), new Problems());
  }

  /** Its objects; absent is empty. */
  List<Fields> objects(String field, boolean required) {
    List<Fields> elements = new ArrayList<>();
    if (missing(field, required)) {
      return elements;
    }
    JsonNode list = node.get(field);
    if (!list.isArray()) {
      bad(field, field + " must be an array.");
      return elements;
    }
    for (int i = 0; i < list.size(); i++) {
      String element = field + "[" + i + "]";
      if (list.get(i).isObject()) {
        elements.add(new Fields(list.get(i), at(element), problems));
      } else {
        bad(element, element + " must be an object.");
      }
    }
    return elements;
  }

  /** Its texts; absent is empty. */
  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    if (missing(field, false)) {
      return texts;
    }
    JsonNode list = node.get(field);
    if (!list.isArray()) {
      bad(field, field + " must be an array of strings.");
      return texts;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).isTextual()) {
        texts.add(list.get(i).textValue());
      } else {
        bad(field + "[" + i + "]", field + "[" + i + "] must be a string.");
      }
    }
    return texts;
  }

  JsonNode json() {
    return node;
  }

  Problems problems() {
    return problems;
  }
}

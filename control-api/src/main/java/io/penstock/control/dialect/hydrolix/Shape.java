package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of an object, declared once: what a request may say, what a reply fills in, what
 * {@code OPTIONS} tells. Keys it does not know are kept. Immutable.
 */
final class Shape {
  static final Shape EMPTY = new Shape(Map.of());

  private final Map<String, Field> fields;

  private Shape(Map<String, Field> fields) {
    this.fields = fields;
  }

  /** The same and one field more, which comes last. */
  Shape with(String name, Field field) {
    Map<String, Field> more = new LinkedHashMap<>(fields);
    more.put(name, field);
    return new Shape(Collections.unmodifiableMap(more));
  }

  /** Nothing but defaults. */
  ObjectNode filled() {
    return filled(JsonNodeFactory.instance.objectNode());
  }

  /** What was stored, which was checked when it was. */
  ObjectNode filled(JsonNode stored) {
    return filled(stored, "", new Violations());
  }

  /**
   * What was given, with defaults for what was not, without what is read-only.
   *
   * @param pointer of the object in the request; empty for the whole of it
   */
  ObjectNode filled(JsonNode given, String pointer, Violations violations) {
    String prefix = pointer.isEmpty() ? "" : pointer + ".";
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    fields.forEach(
        (name, field) -> {
          if (!field.readOnly()) {
            JsonNode value = field.read(given.get(name), prefix + name, violations);
            if (!value.isMissingNode()) {
              result.set(name, value);
            }
          }
        });
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (!fields.containsKey(entry.getKey())) {
        result.set(entry.getKey(), entry.getValue().deepCopy());
      }
    }
    return result;
  }

  /** A descriptor of each field. */
  ObjectNode described() {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, field) -> result.set(name, field.described(name)));
    return result;
  }
}

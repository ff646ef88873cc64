package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What a PATCH makes of an object. Pure. */
final class Patch {
  private Patch() {}

  /** Objects are merged, arrays and values replaced; null takes a field away. */
  static ObjectNode merged(ObjectNode before, JsonNode patch) {
    ObjectNode after = before.deepCopy();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode old = after.path(field.getKey());
      if (field.getValue().isNull()) {
        after.remove(field.getKey());
      } else if (field.getValue().isObject()) {
        ObjectNode base = old.isObject() ? (ObjectNode) old : JsonNodeFactory.instance.objectNode();
        after.set(field.getKey(), merged(base, field.getValue()));
      } else {
        after.set(field.getKey(), field.getValue().deepCopy());
      }
    }
    return after;
  }
}

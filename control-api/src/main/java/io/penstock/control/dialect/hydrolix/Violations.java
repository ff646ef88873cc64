package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that is wrong with a request, each under the sender's own field name. */
final class Violations {
  static final String REQUIRED = "This field is required.";
  static final String UNKNOWN = "This is not a parameter that can be used";

  private final List<Violation> found = new ArrayList<>();
  private Optional<String> detail = Optional.empty();

  /**
   * @param pointer field names joined by dots
   */
  record Violation(String pointer, String message) {}

  void add(String pointer, String message) {
    found.add(new Violation(pointer, message));
  }

  /** One sentence for clients that look for a detail; it makes nothing wrong by itself. */
  void addDetail(String sentence) {
    detail = Optional.of(sentence);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * @throws Refused if anything is wrong
   */
  void refuse() {
    if (!isEmpty()) {
      throw new Refused(this);
    }
  }

  /** Without saying of what. */
  List<String> messages() {
    return found.stream().map(Violation::message).toList();
  }

  /** Nested like the request, a list of messages at each leaf. */
  JsonNode toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (Violation violation : found) {
      String[] names = violation.pointer().split("\\.", -1);
      ObjectNode at = root;
      for (int i = 0; i < names.length - 1; i++) {
        at = child(at, names[i]);
      }
      String leaf = names[names.length - 1];
      JsonNode before = at.get(leaf);
      ArrayNode messages =
          before instanceof ArrayNode array
              ? array
              : before == null
                  ? at.putArray(leaf)
                  : ((ObjectNode) before).withArrayProperty("non_field_errors");
      messages.add(violation.message());
    }
    detail.ifPresent(sentence -> root.put("detail", sentence));
    return root;
  }

  /** Messages about the whole of an object that also has wrong fields stand beside those. */
  private static ObjectNode child(ObjectNode at, String name) {
    JsonNode before = at.get(name);
    if (before instanceof ObjectNode object) {
      return object;
    }
    ObjectNode child = at.putObject(name);
    if (before != null) {
      child.set("non_field_errors", before);
    }
    return child;
  }
}

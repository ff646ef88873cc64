package io.penstock.control.dialect.polaris;

import io.penstock.control.expression.NearestName;
import io.penstock.spec.ColumnSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The declared fields of a source's records. Immutable.
 *
 * @param byName in their order
 */
record InputFields(Map<String, InputField> byName) {
  /** A field, and where it is found in a record. */
  record InputField(String name, InputType type, ColumnSource source) {}

  InputFields {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  Optional<InputField> field(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Set<String> names() {
    return byName.keySet();
  }

  /** Reads {@code inputSchema}. */
  static InputFields read(Fields source, FormatSettings format) {
    Map<String, InputField> fields = new LinkedHashMap<>();
    List<Fields> elements = source.objects("inputSchema", true);
    if (source.json().path("inputSchema").isArray() && source.json().get("inputSchema").isEmpty()) {
      source.bad("inputSchema", "inputSchema must declare at least one field.");
    }
    for (Fields element : elements) {
      element.allowOnly(Set.of("name", "dataType"));
      Optional<String> name = element.requiredText("name").filter(text -> !text.isEmpty());
      Optional<InputType> type = element.requiredText("dataType").flatMap(t -> type(element, t));
      if (name.isPresent()) {
        // A field of a wrong type is known all the same, so that its mappings are not wrong too.
        InputField field =
            new InputField(name.get(), type.orElse(InputType.STRING), format.source(name.get()));
        if (fields.putIfAbsent(name.get(), field) != null) {
          element.bad("name", "The field \"" + name.get() + "\" is declared twice.");
        }
      }
    }
    return new InputFields(fields);
  }

  private static Optional<InputType> type(Fields element, String text) {
    Optional<InputType> type = InputType.of(text);
    if (type.isEmpty() && InputType.SPECIAL.contains(text)) {
      element.unsupported("dataType", "Fields of type " + text + " are not supported. Use string.");
    } else if (type.isEmpty()) {
      element.bad(
          "dataType",
          "Unknown data type \"" + text + "\"." + NearestName.hint(text, InputType.allNames()));
    }
    return type;
  }
}

package io.penstock.job.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.spec.RecordFormat.Affixes;
import io.penstock.spec.RecordFormat.Flattening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Gives what is nested in a JSON object a name of its own in it. */
final class FlatMembers {
  private final Flattening how;

  FlatMembers(Flattening how) {
    this.how = how;
  }

  /**
   * @param members of a record
   * @return those, and in place of what is flattened what was in it; of the same name the last one
   */
  Map<String, JsonValue> of(Map<String, JsonValue> members) {
    Map<String, JsonValue> flat = new LinkedHashMap<>();
    members.forEach((name, value) -> put(name, value, 1, flat));
    return flat;
  }

  private void put(String name, JsonValue value, int level, Map<String, JsonValue> flat) {
    Optional<Affixes> affixes = affixes(value, level);
    if (affixes.isEmpty()) {
      flat.put(name, value);
    } else {
      putChildren(name, affixes.get(), value, level, flat);
    }
  }

  /** Absent for what stays as it is. */
  private Optional<Affixes> affixes(JsonValue value, int level) {
    if (value.kind() != FieldKind.NESTED || (how.depth() > 0 && level > how.depth())) {
      return Optional.empty();
    }
    return value.text().startsWith("{") ? how.objects() : how.arrays();
  }

  private void putChildren(
      String name, Affixes affixes, JsonValue parent, int level, Map<String, JsonValue> flat) {
    try (JsonParser parser = CompactJson.FACTORY.createParser(parent.text())) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      int index = 0;
      JsonToken next = parser.nextToken();
      while (next != JsonToken.END_OBJECT && next != JsonToken.END_ARRAY) {
        String own = object ? parser.currentName() : Integer.toString(index++);
        if (object) {
          parser.nextToken();
        }
        put(name + affixes.left() + own + affixes.right(), JsonValue.at(parser), level + 1, flat);
        next = parser.nextToken();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the value has been read before", e);
    }
  }
}

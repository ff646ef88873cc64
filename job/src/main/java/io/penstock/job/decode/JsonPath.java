package io.penstock.job.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON pointer (RFC 6901) into a record.
 *
 * @param names of members, or indexes into arrays; without any the whole record is meant
 */
record JsonPath(List<String> names) {
  JsonPath {
    names = List.copyOf(names);
  }

  /**
   * @param pointer empty, or beginning with a slash
   */
  static JsonPath of(String pointer) {
    List<String> names = new ArrayList<>();
    if (!pointer.isEmpty()) {
      for (String name : pointer.substring(1).split("/", -1)) {
        names.add(name.replace("~1", "/").replace("~0", "~"));
      }
    }
    return new JsonPath(names);
  }

  /** The record's member that it goes through, if it is not the whole record. */
  Optional<String> first() {
    return names.stream().findFirst();
  }

  Optional<JsonValue> find(Map<String, JsonValue> record) {
    if (names.isEmpty()) {
      return Optional.of(whole(record));
    }
    Optional<JsonValue> value = Optional.ofNullable(record.get(names.get(0)));
    for (String name : names.subList(1, names.size())) {
      value = value.flatMap(parent -> child(parent, name));
    }
    return value;
  }

  private static JsonValue whole(Map<String, JsonValue> record) {
    StringBuilder json = new StringBuilder();
    record.forEach(
        (name, value) ->
            json.append(json.length() == 0 ? "{" : ",")
                .append(CompactJson.quoted(name))
                .append(':')
                .append(value.json()));
    return new JsonValue(FieldKind.NESTED, json.length() == 0 ? "{}" : json.append('}').toString());
  }

  private static Optional<JsonValue> child(JsonValue parent, String name) {
    if (parent.kind() != FieldKind.NESTED) {
      return Optional.empty();
    }
    try (JsonParser parser = CompactJson.FACTORY.createParser(parent.text())) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? Optional.ofNullable(members(parser).get(name))
          : element(parser, name);
    } catch (IOException e) {
      throw new UncheckedIOException("the value has been read before", e);
    }
  }

  /** Of the object the parser stands at the beginning of, the last one of each name. */
  static Map<String, JsonValue> members(JsonParser parser) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, JsonValue.at(parser));
    }
    return members;
  }

  private static Optional<JsonValue> element(JsonParser parser, String index) throws IOException {
    if (!index.matches("0|[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    int left = Integer.parseInt(index);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (left-- == 0) {
        return Optional.of(JsonValue.at(parser));
      }
      parser.skipChildren();
    }
    return Optional.empty();
  }
}

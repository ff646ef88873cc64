package io.penstock.job.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.spec.Elements;
import io.penstock.spec.RejectCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts JSON arrays and objects, element by element, to compact JSON. One for each thread. */
abstract class ElementsConverter {
  private final JsonToken begin;
  private final String zero;
  private final String name;

  private ElementsConverter(JsonToken begin, String zero, String name) {
    this.begin = begin;
    this.zero = zero;
    this.name = name;
  }

  /**
   * @param nullValues of the transform
   */
  static ElementsConverter of(Elements elements, List<String> nullValues) {
    return elements instanceof Elements.Map map
        ? new OfMap(map, nullValues)
        : new OfArray((Elements.Array) elements, nullValues);
  }

  /** The compact JSON of what has no elements. */
  final String zero() {
    return zero;
  }

  /**
   * @param kind text of a format without types holds the value as JSON
   */
  final String convert(FieldKind kind, String text) throws Unconvertible {
    if (kind != FieldKind.NESTED && kind != FieldKind.TEXT) {
      throw wrong(text);
    }
    try (JsonParser parser = CompactJson.FACTORY.createParser(text)) {
      if (parser.nextToken() != begin) {
        throw wrong(text);
      }
      StringBuilder json = new StringBuilder();
      copyElements(parser, json);
      if (parser.nextToken() != null) {
        throw wrong(text);
      }
      return json.toString();
    } catch (JsonProcessingException e) {
      throw wrong(text);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private Unconvertible wrong(String text) {
    return new Unconvertible(
        RejectCode.TYPE_MISMATCH, "parsing \"" + Numbers.shown(text) + "\": not a JSON " + name);
  }

  /** Up to the end of the array or object the parser stands at the beginning of. */
  abstract void copyElements(JsonParser parser, StringBuilder json)
      throws IOException, Unconvertible;

  private static final class OfArray extends ElementsConverter {
    private final ElementConverter element;

    OfArray(Elements.Array array, List<String> nullValues) {
      super(JsonToken.START_ARRAY, "[]", "array");
      this.element = new ElementConverter(array.element(), nullValues);
    }

    @Override
    void copyElements(JsonParser parser, StringBuilder json) throws IOException, Unconvertible {
      json.append('[');
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        json.append(json.length() > 1 ? "," : "").append(element.json(JsonValue.at(parser)));
      }
      json.append(']');
    }
  }

  private static final class OfMap extends ElementsConverter {
    private final ElementConverter key;
    private final ElementConverter value;

    OfMap(Elements.Map map, List<String> nullValues) {
      super(JsonToken.START_OBJECT, "{}", "object");
      this.key = new ElementConverter(map.key(), nullValues);
      this.value = new ElementConverter(map.value(), nullValues);
    }

    /** Of names that become the same the last one counts. */
    @Override
    void copyElements(JsonParser parser, StringBuilder json) throws IOException, Unconvertible {
      Map<String, String> entries = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = key.name(parser.currentName());
        parser.nextToken();
        entries.put(name, value.json(JsonValue.at(parser)));
      }
      json.append('{');
      entries.forEach(
          (name, text) ->
              json.append(json.length() > 1 ? "," : "").append(name).append(':').append(text));
      json.append('}');
    }
  }
}

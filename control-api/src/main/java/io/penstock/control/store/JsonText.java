package io.penstock.control.store;

import io.penstock.spec.SpecJson;
import java.nio.charset.StandardCharsets;

/** Values as they are in columns of JSON. */
final class JsonText {
  private JsonText() {}

  static String of(Object value) {
    return new String(SpecJson.write(value), StandardCharsets.UTF_8);
  }

  static <T> T read(String json, Class<T> type) {
    return SpecJson.read(json.getBytes(StandardCharsets.UTF_8), type);
  }
}

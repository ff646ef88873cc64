package io.penstock.job.decode;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * A value of a JSON record.
 *
 * @param text undefined for {@link FieldKind#ABSENT}, which is JSON null
 */
record JsonValue(FieldKind kind, String text) {
  /** The value the parser stands at; it is at the value's end afterwards. */
  static JsonValue at(JsonParser parser) throws IOException {
    FieldKind kind =
        switch (parser.currentToken()) {
          case VALUE_STRING -> FieldKind.STRING;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> FieldKind.NUMBER;
          case VALUE_TRUE -> FieldKind.TRUE;
          case VALUE_FALSE -> FieldKind.FALSE;
          case VALUE_NULL -> FieldKind.ABSENT;
          default -> FieldKind.NESTED;
        };
    return new JsonValue(
        kind, kind == FieldKind.NESTED ? CompactJson.copy(parser) : parser.getText());
  }

  /** As compact JSON. */
  String json() {
    return switch (kind) {
      case ABSENT -> "null";
      case STRING, TEXT -> CompactJson.quoted(text);
      case NUMBER, TRUE, FALSE, NESTED -> text;
    };
  }

  /** As a JSON string of what it is written like; null stays null. */
  String jsonOfText() {
    return kind == FieldKind.ABSENT ? "null" : CompactJson.quoted(text);
  }
}

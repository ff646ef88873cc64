package io.penstock.job.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.ValueType;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/** Reads and writes JSON as text. */
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /**
   * What a path leads to.
   *
   * @param token of the value's beginning
   * @param text of a scalar; of others their JSON
   */
  record Found(JsonToken token, String text) {
    boolean isScalar() {
      return token.isScalarValue();
    }
  }

  static JsonParser parser(ColumnVector values, int row) throws IOException {
    return JSON.createParser(values.text(), values.textStart(row), values.textLength(row));
  }

  static JsonParser parser(String json) throws IOException {
    return JSON.createParser(json);
  }

  /** Of several members of one name the last counts. */
  static Optional<Found> find(ColumnVector values, int row, List<Object> steps) throws IOException {
    try (JsonParser parser = parser(values, row)) {
      parser.nextToken();
      return find(parser, steps, 0);
    }
  }

  /** The parser is at the value's first token, and then at its last. */
  private static Optional<Found> find(JsonParser parser, List<Object> steps, int depth)
      throws IOException {
    if (depth == steps.size()) {
      JsonToken token = parser.currentToken();
      return Optional.of(
          new Found(token, token.isScalarValue() ? parser.getText() : copied(parser)));
    }
    Object step = steps.get(depth);
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return member(parser, steps, depth, step);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return element(parser, steps, depth, step);
    }
    return Optional.empty();
  }

  private static Optional<Found> member(
      JsonParser parser, List<Object> steps, int depth, Object step) throws IOException {
    Optional<Found> found = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(step);
      parser.nextToken();
      if (wanted) {
        found = find(parser, steps, depth + 1);
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private static Optional<Found> element(
      JsonParser parser, List<Object> steps, int depth, Object step) throws IOException {
    Optional<Found> found = Optional.empty();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (step.equals(i)) {
        found = find(parser, steps, depth + 1);
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  /** The compact JSON of the value that the parser is at. */
  static String copied(JsonParser parser) throws IOException {
    StringWriter writer = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(writer)) {
      generator.copyCurrentStructureExact(parser);
    }
    return writer.toString();
  }

  static void quote(StringBuilder target, String text) {
    target.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, target);
    target.append('"');
  }

  /** A value as JSON; what JSON cannot say is text. */
  static void append(StringBuilder target, ColumnVector values, int row, ValueType type) {
    if (values.isNull(row)) {
      target.append("null");
      return;
    }
    switch (type) {
      case VARCHAR -> quote(target, Values.text(values, row));
      case BOOLEAN -> target.append(values.longAt(row) != 0);
      case BIGINT -> target.append(values.longAt(row));
      case TIMESTAMP -> target.append(Math.floorDiv(values.longAt(row), 1_000));
      case DOUBLE, FLOAT -> {
        double value = values.doubleAt(row);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
          quote(target, Double.toString(value));
        } else {
          target.append(type == ValueType.FLOAT ? Float.toString((float) value) : value + "");
        }
      }
      case JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          target.append(Values.text(values, row));
    }
  }
}

package io.penstock.job.expression;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.expression.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads arrays of a declared type out of a record's JSON: a scalar is an array of one element,
 * elements convert as inputs of their type do, and an object is no array. An element that does not
 * convert is null, which is a loss.
 */
final class ArrayReading implements RowFunction {
  private static final int ROW = 0;

  private final ValueType element;
  private final TextInput input;
  private final ColumnVector value;
  private final RowBatch batch;

  private ArrayReading(ValueType element) {
    this.element = element;
    boolean isText = element == ValueType.VARCHAR;
    this.input = isText ? null : new TextInput(element);
    this.value = new ColumnVector(element.columnType());
    this.batch = new RowBatch(value);
  }

  /**
   * @param array the type
   */
  static ArrayReading of(ValueType array) {
    return switch (array) {
      case VARCHAR_ARRAY -> new ArrayReading(ValueType.VARCHAR);
      case BIGINT_ARRAY -> new ArrayReading(ValueType.BIGINT);
      case DOUBLE_ARRAY -> new ArrayReading(ValueType.DOUBLE);
      case FLOAT_ARRAY -> new ArrayReading(ValueType.FLOAT);
      default -> throw new IllegalArgumentException("not an array: " + array);
    };
  }

  @Override
  public void apply(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    try (JsonParser parser = JsonText.parser(a[0], row)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        Conversions.lost(row, Values.text(a[0], row), "ARRAY", losses);
      } else if (first != JsonToken.VALUE_NULL) {
        StringBuilder json = new StringBuilder("[");
        boolean several = first == JsonToken.START_ARRAY;
        if (!several || parser.nextToken() != JsonToken.END_ARRAY) {
          do {
            json.append(json.length() > 1 ? "," : "");
            append(json, parser, row, losses);
          } while (several && parser.nextToken() != JsonToken.END_ARRAY);
        }
        Values.set(result, row, json.append(']').toString());
      }
    } catch (IOException e) {
      throw new IllegalStateException("what was read is JSON", e);
    }
  }

  /** The parser is at the element's first token, and then at its last. */
  private void append(StringBuilder json, JsonParser parser, int row, Losses losses)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      json.append("null");
      return;
    }
    String text = token.isScalarValue() ? parser.getText() : JsonText.copied(parser);
    if (element == ValueType.VARCHAR) {
      JsonText.quote(json, text);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    batch.clear();
    if (!input.read(bytes, 0, bytes.length, value, ROW)) {
      Conversions.lost(row, text, element.name(), losses);
    }
    JsonText.append(json, value, ROW, element);
  }
}

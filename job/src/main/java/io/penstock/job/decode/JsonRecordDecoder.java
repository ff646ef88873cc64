package io.penstock.job.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** One JSON object a record; of one that is not sound only the first line is at fault. */
final class JsonRecordDecoder implements RecordDecoder {
  private final JsonFactory json = CompactJson.FACTORY;
  private final Utf8 utf8 = new Utf8();
  private final FieldMap fieldMap;
  private final JsonRowReader reader;

  /**
   * @param readers one for each column, in their order
   */
  JsonRecordDecoder(
      RecordFormat format, List<ColumnSpec> columns, ColumnReader[] readers, Edits edits) {
    this.fieldMap = new FieldMap(columns);
    this.reader = new JsonRowReader(columns, readers, edits, format instanceof RecordFormat.Json);
  }

  @Override
  public void objectStarted() {
    // One object's lines say nothing of another's.
  }

  @Override
  public int read(byte[] bytes, int from, int to, int row) {
    return reader.read(bytes, from, to, row);
  }

  @Override
  public int lines() {
    return reader.lines();
  }

  @Override
  public boolean decode(byte[] bytes, int from, int to, Fields fields) throws RowRejected {
    utf8.check(bytes, from, to);
    try (JsonParser parser = json.createParser(bytes, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        throw RowRejected.record(RejectCode.NOT_AN_OBJECT, "the record is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        int[] columns = fieldMap.columns(parser.currentName());
        parser.nextToken();
        if (columns.length == 0) {
          parser.skipChildren();
        } else {
          take(parser, columns, fields);
        }
      }
      if (parser.nextToken() != null) {
        throw RowRejected.record(RejectCode.MALFORMED_ROW, "there is text behind the JSON object");
      }
      return true;
    } catch (JsonProcessingException e) {
      throw RowRejected.firstLine(RejectCode.MALFORMED_ROW, explain(e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static void take(JsonParser parser, int[] columns, Fields fields) throws IOException {
    FieldKind kind =
        switch (parser.currentToken()) {
          case VALUE_STRING -> FieldKind.STRING;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> FieldKind.NUMBER;
          case VALUE_TRUE -> FieldKind.TRUE;
          case VALUE_FALSE -> FieldKind.FALSE;
          case VALUE_NULL -> FieldKind.ABSENT;
          default -> FieldKind.NESTED;
        };
    String text = kind == FieldKind.NESTED ? CompactJson.copy(parser) : parser.getText();
    for (int column : columns) {
      fields.set(column, kind, text);
    }
  }

  private static String explain(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
    // Past a limit the parser names the method that sets it.
    String first =
        message.lines().findFirst().orElse("malformed JSON").replaceAll(", from `[^`]*`", "");
    return at < 0 ? first : first + ", at byte " + at + " of the record";
  }
}

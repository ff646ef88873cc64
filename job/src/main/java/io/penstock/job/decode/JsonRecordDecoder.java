package io.penstock.job.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TransformSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** One JSON object a record; of one that is not sound only the first line is at fault. */
final class JsonRecordDecoder implements RecordDecoder {
  private final JsonFactory json = CompactJson.FACTORY;
  private final Utf8 utf8 = new Utf8();
  private final FieldMap fieldMap;
  private final JsonRowReader reader;

  /** Given if names are not enough to find all values; then nothing must be read quickly. */
  private final Optional<JsonSources> sources;

  /**
   * @param readers one for each column that is converted, in their order
   */
  JsonRecordDecoder(TransformSpec transform, ColumnReader[] readers, Edits edits) {
    List<ColumnSpec> columns = transform.convertedColumns();
    this.sources =
        JsonSources.areNeeded(transform)
            ? Optional.of(new JsonSources(transform))
            : Optional.empty();
    this.fieldMap = new FieldMap(columns);
    this.reader =
        new JsonRowReader(columns, readers, edits, transform.format() instanceof RecordFormat.Json);
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
      if (sources.isPresent()) {
        sources.get().pick(JsonPath.members(parser), fields);
      } else {
        takeMembers(parser, fields);
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

  private void takeMembers(JsonParser parser, Fields fields) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int[] columns = fieldMap.columns(parser.currentName());
      parser.nextToken();
      if (columns.length == 0) {
        parser.skipChildren();
      } else {
        take(parser, columns, fields);
      }
    }
  }

  private static void take(JsonParser parser, int[] columns, Fields fields) throws IOException {
    JsonValue value = JsonValue.at(parser);
    for (int column : columns) {
      fields.set(column, value.kind(), value.text());
    }
  }

  private static String explain(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
    // The parser names methods that set its limits, and a source that is ours.
    String first =
        message
            .lines()
            .findFirst()
            .orElse("malformed JSON")
            .replaceAll(", from `[^`]*`", "")
            .replaceAll(" \\(start marker at .*\\)", "");
    return at < 0 ? first : first + ", at byte " + at + " of the record";
  }
}

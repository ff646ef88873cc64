package io.penstock.job.decode;

import com.fasterxml.jackson.core.JsonGenerator;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.TypedRows;
import io.penstock.spec.Computation;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TransformSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Rejects of rows whose values have types of their own: what was read of the row is shown as JSON.
 */
final class TypedOrigins {
  private final List<Computation.Input> inputs;
  private final int[] places;

  TypedOrigins(TransformSpec transform) {
    this.inputs = transform.computation().map(Computation::inputs).orElse(List.of());
    this.places = transform.inputPlaces();
  }

  /**
   * @param row of the batch
   */
  RejectedRow rejected(String object, TypedRows rows, int row, RowRejected why) {
    byte[] json = json(rows, row);
    return Rejects.row(object, rows.firstRow() + row, rows.byteOffset(), why, json, 0, json.length);
  }

  private byte[] json(TypedRows rows, int row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = CompactJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      for (int i = 0; i < places.length; i++) {
        json.writeFieldName(inputs.get(i).column().name());
        write(json, rows.rows().column(places[i]), row);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, ColumnVector values, int row) throws IOException {
    if (values.isNull(row)) {
      json.writeNull();
      return;
    }
    switch (values.type()) {
      case INT32, INT64 -> json.writeNumber(values.longAt(row));
      case UINT64 -> json.writeNumber(Long.toUnsignedString(values.longAt(row)));
      case BOOLEAN -> json.writeBoolean(values.longAt(row) != 0);
      case DOUBLE -> json.writeNumber(values.doubleAt(row));
      case TIMESTAMP ->
          json.writeString(Instant.EPOCH.plus(values.longAt(row), ChronoUnit.MICROS).toString());
      case STRING -> json.writeString(text(values, row));
      case JSON -> json.writeRawValue(text(values, row));
    }
  }

  private static String text(ColumnVector values, int row) {
    return new String(
        values.text(), values.textStart(row), values.textLength(row), StandardCharsets.UTF_8);
  }
}

package io.penstock.job.typed;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.TypedRows;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.Computation;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is read of an object, as text; a row that has lost something ends in {@link #LOSS}. */
public final class TypedReading {
  public static final String LOSS = "(loss)";

  public final List<List<String>> rows = new ArrayList<>();
  public final List<Long> firstRows = new ArrayList<>();
  public long storedBytes;

  /** A field and the type that it is declared with. */
  public record Field(String name, ValueType type) {}

  /** Reads fields, and computes nothing but a time. */
  public static TransformSpec transform(RecordFormat format, List<Field> fields) {
    List<Computation.Input> inputs = new ArrayList<>();
    for (Field field : fields) {
      inputs.add(
          new Computation.Input(
              column(field.name(), field.type().columnType(), new ColumnSource.Field(field.name())),
              field.type()));
    }
    Expression time =
        new Expression.Constant(ValueType.TIMESTAMP, Optional.of("2026-01-01T00:00:00Z"));
    return new TransformSpec(
        format,
        List.of(Compression.AUTO),
        List.of(column("__time", ColumnType.TIMESTAMP, new ColumnSource.None())),
        "__time",
        List.of(),
        Optional.empty(),
        Optional.of(new Computation(inputs, Optional.empty(), List.of(time))));
  }

  private static ColumnSpec column(String name, ColumnType type, ColumnSource source) {
    return new ColumnSpec(
        name,
        0,
        type,
        source,
        type == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** To its end. */
  public static TypedReading of(TransformSpec transform, TypedObject object) throws IOException {
    TypedReading reading = new TypedReading();
    try (object) {
      Optional<TypedRows> next = object.next();
      while (next.isPresent()) {
        reading.take(transform, next.get());
        next = object.next();
      }
    }
    return reading;
  }

  private void take(TransformSpec transform, TypedRows read) {
    RowBatch batch = read.rows();
    firstRows.add(read.firstRow());
    storedBytes += read.storedBytes();
    for (int row = 0; row < batch.rows(); row++) {
      List<String> values = new ArrayList<>();
      for (int place : transform.inputPlaces()) {
        values.add(text(batch.column(place), row));
      }
      if (batch.isWarned(row)) {
        values.add(LOSS);
      }
      rows.add(values);
    }
    read.release();
  }

  private static String text(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector.type()) {
      case STRING, JSON ->
          new String(
              vector.text(), vector.textStart(row), vector.textLength(row), StandardCharsets.UTF_8);
      case DOUBLE -> Double.toString(vector.doubleAt(row));
      case TIMESTAMP -> Instant.EPOCH.plus(vector.longAt(row), ChronoUnit.MICROS).toString();
      case BOOLEAN, INT32, INT64 -> Long.toString(vector.longAt(row));
      case UINT64 -> Long.toUnsignedString(vector.longAt(row));
    };
  }
}

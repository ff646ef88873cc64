package io.penstock.job.typed.avro;

import io.penstock.spec.RecordFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** Gives what Avro reads the meaning that the schema says it has. */
final class AvroValues {
  private static final int UUID_BYTES = 16;

  private final boolean binaryAsString;
  private final boolean unionsByType;

  AvroValues(RecordFormat.Avro format) {
    this.binaryAsString = format.binaryAsString();
    this.unionsByType = format.extractUnionsByType();
  }

  /** As {@link io.penstock.job.typed.BoxedValue} has it. */
  Object box(Schema schema, Object datum) {
    if (datum == null) {
      return null;
    }
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN, FLOAT, DOUBLE -> datum;
      case INT -> whole(schema, (Integer) datum);
      case LONG -> whole(schema, (Long) datum);
      case STRING, ENUM -> datum.toString();
      case BYTES -> bytes(schema, ContainerStream.bytes((ByteBuffer) datum));
      case FIXED -> bytes(schema, ((GenericFixed) datum).bytes());
      case ARRAY -> list(schema, (Iterable<?>) datum);
      case MAP -> map(schema, (Map<?, ?>) datum);
      case RECORD -> record(schema, (IndexedRecord) datum);
      case UNION -> union(schema, datum);
    };
  }

  private static String logical(Schema schema) {
    return schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
  }

  private static Object whole(Schema schema, long value) {
    return switch (logical(schema)) {
      case "date" -> LocalDate.ofEpochDay(value);
      case "time-millis" -> time(value, 1_000_000);
      case "time-micros" -> time(value, 1_000);
      case "timestamp-millis", "local-timestamp-millis" ->
          Instant.EPOCH.plus(value, ChronoUnit.MILLIS);
      case "timestamp-micros", "local-timestamp-micros" ->
          Instant.EPOCH.plus(value, ChronoUnit.MICROS);
      case "timestamp-nanos", "local-timestamp-nanos" ->
          Instant.EPOCH.plus(value, ChronoUnit.NANOS);
      default -> value;
    };
  }

  /** What is no time of a day is but a number. */
  private static Object time(long value, long nanosEach) {
    boolean isTime = value >= 0 && value < 86_400_000_000_000L / nanosEach;
    return isTime ? LocalTime.ofNanoOfDay(value * nanosEach) : (Object) value;
  }

  private Object bytes(Schema schema, byte[] bytes) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && bytes.length > 0) {
      return new BigDecimal(new BigInteger(bytes), decimal.getScale());
    }
    if (logical(schema).equals("uuid") && bytes.length == UUID_BYTES) {
      ByteBuffer halves = ByteBuffer.wrap(bytes);
      return new UUID(halves.getLong(), halves.getLong()).toString();
    }
    return binaryAsString ? bytes : Base64.getEncoder().encodeToString(bytes);
  }

  private List<Object> list(Schema schema, Iterable<?> datum) {
    List<Object> list = new ArrayList<>();
    for (Object element : datum) {
      list.add(box(schema.getElementType(), element));
    }
    return list;
  }

  /** In the order of the names: what Avro has it in is no order. */
  private Map<String, Object> map(Schema schema, Map<?, ?> datum) {
    Map<String, Object> map = new TreeMap<>();
    datum.forEach((key, value) -> map.put(key.toString(), box(schema.getValueType(), value)));
    return map;
  }

  private Map<String, Object> record(Schema schema, IndexedRecord datum) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Schema.Field field : schema.getFields()) {
      map.put(field.name(), box(field.schema(), datum.get(field.pos())));
    }
    return map;
  }

  /** Of one type, beside null, it is a value that may be absent. */
  private Object union(Schema schema, Object datum) {
    Schema branch = schema.getTypes().get(GenericData.get().resolveUnion(schema, datum));
    Object value = box(branch, datum);
    long several =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).count();
    if (!unionsByType || several < 2 || value == null) {
      return value;
    }
    Map<String, Object> byType = new LinkedHashMap<>();
    byType.put(branch.getName(), value);
    return byType;
  }
}

package io.penstock.control.publish;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Columns as Iceberg knows them. */
final class IcebergSchemas {
  /** Of as many digits as 2^64 has. */
  private static final Type UNSIGNED = Types.DecimalType.of(20, 0);

  private IcebergSchemas() {}

  static Schema of(List<ColumnSpec> columns) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (ColumnSpec column : columns) {
      fields.add(Types.NestedField.optional(fields.size() + 1, column.name(), type(column.type())));
    }
    return new Schema(fields);
  }

  /** Empty for types that no job writes. */
  static Optional<ColumnType> columnType(Type type) {
    return switch (type.typeId()) {
      case STRING -> Optional.of(ColumnType.STRING);
      case BOOLEAN -> Optional.of(ColumnType.BOOLEAN);
      case INTEGER -> Optional.of(ColumnType.INT32);
      case LONG -> Optional.of(ColumnType.INT64);
      case DECIMAL -> type.equals(UNSIGNED) ? Optional.of(ColumnType.UINT64) : Optional.empty();
      case DOUBLE -> Optional.of(ColumnType.DOUBLE);
      case TIMESTAMP -> Optional.of(ColumnType.TIMESTAMP);
      default -> Optional.empty();
    };
  }

  static Type type(ColumnType type) {
    return switch (type) {
      case STRING, JSON -> Types.StringType.get();
      case BOOLEAN -> Types.BooleanType.get();
      case INT32 -> Types.IntegerType.get();
      case INT64 -> Types.LongType.get();
      case UINT64 -> UNSIGNED;
      case DOUBLE -> Types.DoubleType.get();
      case TIMESTAMP -> Types.TimestampType.withZone();
    };
  }
}

package io.penstock.job.parquet;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.TypeDefinedOrder;

/** The file schema of a job's columns, all optional, with Iceberg field ids. */
final class ParquetSchema {
  private static final String NAME = "table";

  private final List<ColumnSpec> columns;

  ParquetSchema(List<ColumnSpec> columns) {
    this.columns = List.copyOf(columns);
  }

  List<ColumnSpec> columns() {
    return columns;
  }

  List<SchemaElement> elements() {
    List<SchemaElement> elements = new ArrayList<>();
    elements.add(new SchemaElement(NAME).setNum_children(columns.size()));
    for (ColumnSpec column : columns) {
      SchemaElement element =
          new SchemaElement(column.name())
              .setType(physical(column.type()))
              .setRepetition_type(FieldRepetitionType.OPTIONAL)
              .setField_id(column.fieldId());
      switch (column.type()) {
        case STRING, JSON ->
            element
                .setConverted_type(ConvertedType.UTF8)
                .setLogicalType(LogicalType.STRING(new StringType()));
        case TIMESTAMP ->
            element
                .setConverted_type(ConvertedType.TIMESTAMP_MICROS)
                .setLogicalType(
                    LogicalType.TIMESTAMP(
                        new TimestampType(true, TimeUnit.MICROS(new MicroSeconds()))));
        case UINT64 ->
            element
                .setType_length(UnsignedDecimal.BYTES)
                .setConverted_type(ConvertedType.DECIMAL)
                .setScale(0)
                .setPrecision(UnsignedDecimal.PRECISION)
                .setLogicalType(LogicalType.DECIMAL(new DecimalType(0, UnsignedDecimal.PRECISION)));
        case BOOLEAN, INT32, INT64, DOUBLE -> {
          // The physical type says it all.
        }
      }
      elements.add(element);
    }
    return elements;
  }

  List<ColumnOrder> orders() {
    return columns.stream().map(column -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())).toList();
  }

  static Type physical(ColumnType type) {
    return switch (type) {
      case STRING, JSON -> Type.BYTE_ARRAY;
      case BOOLEAN -> Type.BOOLEAN;
      case INT32 -> Type.INT32;
      case INT64, TIMESTAMP -> Type.INT64;
      case UINT64 -> Type.FIXED_LEN_BYTE_ARRAY;
      case DOUBLE -> Type.DOUBLE;
    };
  }
}

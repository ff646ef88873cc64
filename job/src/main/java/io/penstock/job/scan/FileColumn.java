package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import io.penstock.spec.ColumnType;
import io.penstock.spec.export.TableColumn;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/**
 * Where in a file a column is, and what its values are there.
 *
 * @param leaf its place among the chunks of each row group
 * @param optional whether its pages have definition levels
 */
public record FileColumn(TableColumn column, int leaf, boolean optional, Stored stored) {
  /** How a value is stored, and so how it becomes one of a vector's. */
  public enum Stored {
    BOOLEAN(Type.BOOLEAN),
    INT32(Type.INT32),
    INT64(Type.INT64),
    FLOAT(Type.FLOAT),
    DOUBLE(Type.DOUBLE),
    BYTES(Type.BYTE_ARRAY),
    /** Timestamps in other units than the vectors'. */
    MILLIS(Type.INT64),
    NANOS(Type.INT64),
    /** Nanoseconds of a day and a Julian day. */
    INT96(Type.INT96),
    /** Decimals of 20 digits that are from 0 to 2^64-1. */
    UNSIGNED(Type.FIXED_LEN_BYTE_ARRAY);

    /** Of an unsigned value, the most significant byte first. */
    static final int UNSIGNED_BYTES = 9;

    private final Type type;

    Stored(Type type) {
      this.type = type;
    }

    Type type() {
      return type;
    }
  }

  /**
   * @throws UnreadableException if the column cannot be read as what it is to be
   */
  static FileColumn of(TableColumn column, int leaf, SchemaElement element)
      throws UnreadableException {
    Optional<Stored> stored = stored(column.type(), element);
    if (stored.isEmpty()) {
      throw new UnreadableException(
          "column %s is stored as %s and cannot be read as %s"
              .formatted(column.name(), element.getType(), column.type()),
          null);
    }
    return switch (element.getRepetition_type()) {
      case REQUIRED -> new FileColumn(column, leaf, false, stored.get());
      case OPTIONAL -> new FileColumn(column, leaf, true, stored.get());
      case REPEATED ->
          throw new UnreadableException("column " + column.name() + " is repeated", null);
    };
  }

  private static Optional<Stored> stored(ColumnType wanted, SchemaElement element) {
    Type type = element.getType();
    return switch (wanted) {
      case STRING, JSON ->
          type == Type.BYTE_ARRAY && element.getConverted_type() != ConvertedType.DECIMAL
              ? Optional.of(Stored.BYTES)
              : Optional.empty();
      case BOOLEAN -> type == Type.BOOLEAN ? Optional.of(Stored.BOOLEAN) : Optional.empty();
      case INT32 -> type == Type.INT32 ? Optional.of(Stored.INT32) : Optional.empty();
      case INT64 ->
          type == Type.INT64
              ? Optional.of(Stored.INT64)
              : type == Type.INT32 ? Optional.of(Stored.INT32) : Optional.empty();
      case UINT64 ->
          isUnsigned(element)
              ? Optional.of(Stored.UNSIGNED)
              : type == Type.INT64 ? Optional.of(Stored.INT64) : Optional.empty();
      case DOUBLE ->
          type == Type.DOUBLE
              ? Optional.of(Stored.DOUBLE)
              : type == Type.FLOAT ? Optional.of(Stored.FLOAT) : Optional.empty();
      case TIMESTAMP -> time(element);
    };
  }

  private static boolean isUnsigned(SchemaElement element) {
    return element.getType() == Type.FIXED_LEN_BYTE_ARRAY
        && element.getConverted_type() == ConvertedType.DECIMAL
        && element.getScale() == 0
        && element.getType_length() == Stored.UNSIGNED_BYTES;
  }

  private static Optional<Stored> time(SchemaElement element) {
    if (element.getType() == Type.INT96) {
      return Optional.of(Stored.INT96);
    }
    if (element.getType() != Type.INT64) {
      return Optional.empty();
    }
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSetTIMESTAMP()) {
      TimeUnit unit = logical.getTIMESTAMP().getUnit();
      return Optional.of(
          unit.isSetMICROS() ? Stored.INT64 : unit.isSetMILLIS() ? Stored.MILLIS : Stored.NANOS);
    }
    if (element.getConverted_type() == ConvertedType.TIMESTAMP_MICROS) {
      return Optional.of(Stored.INT64);
    }
    return element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS
        ? Optional.of(Stored.MILLIS)
        : Optional.empty();
  }
}

package io.penstock.job.typed.parquet;

import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;

/** What values mean, in the words of new files and of old ones. */
final class LogicalTypes {
  private LogicalTypes() {}

  /** Empty if values mean what they are, or something that is not known. */
  static Optional<LogicalTypeAnnotation> of(SchemaElement element) {
    if (element.isSetLogicalType()) {
      Optional<LogicalTypeAnnotation> known = of(element.getLogicalType());
      if (known.isPresent()) {
        return known;
      }
    }
    return element.isSetConverted_type()
        ? Optional.ofNullable(of(element.getConverted_type(), element))
        : Optional.empty();
  }

  private static Optional<LogicalTypeAnnotation> of(LogicalType type) {
    return Optional.ofNullable(
        switch (type.getSetField()) {
          case STRING -> LogicalTypeAnnotation.stringType();
          case ENUM -> LogicalTypeAnnotation.enumType();
          case JSON -> LogicalTypeAnnotation.jsonType();
          case UUID -> LogicalTypeAnnotation.uuidType();
          case FLOAT16 -> LogicalTypeAnnotation.float16Type();
          case MAP -> LogicalTypeAnnotation.mapType();
          case LIST -> LogicalTypeAnnotation.listType();
          case DATE -> LogicalTypeAnnotation.dateType();
          case DECIMAL ->
              LogicalTypeAnnotation.decimalType(
                  type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
          case TIME ->
              LogicalTypeAnnotation.timeType(
                  type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
          case TIMESTAMP ->
              LogicalTypeAnnotation.timestampType(
                  type.getTIMESTAMP().isIsAdjustedToUTC(), unit(type.getTIMESTAMP().getUnit()));
          case INTEGER -> integer(type.getINTEGER());
          default -> null;
        });
  }

  private static LogicalTypeAnnotation integer(IntType type) {
    return LogicalTypeAnnotation.intType(type.getBitWidth(), type.isIsSigned());
  }

  private static TimeUnit unit(org.apache.parquet.format.TimeUnit unit) {
    return unit.isSetMILLIS()
        ? TimeUnit.MILLIS
        : unit.isSetMICROS() ? TimeUnit.MICROS : TimeUnit.NANOS;
  }

  /** Null if the type is none that matters. */
  private static LogicalTypeAnnotation of(ConvertedType type, SchemaElement element) {
    return switch (type) {
      case UTF8 -> LogicalTypeAnnotation.stringType();
      case ENUM -> LogicalTypeAnnotation.enumType();
      case JSON -> LogicalTypeAnnotation.jsonType();
      case MAP -> LogicalTypeAnnotation.mapType();
      case LIST -> LogicalTypeAnnotation.listType();
      case DATE -> LogicalTypeAnnotation.dateType();
      case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
      case TIME_MILLIS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS);
      case TIME_MICROS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MICROS);
      case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
      case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
      case INT_8 -> LogicalTypeAnnotation.intType(8, true);
      case INT_16 -> LogicalTypeAnnotation.intType(16, true);
      case INT_32 -> LogicalTypeAnnotation.intType(32, true);
      case INT_64 -> LogicalTypeAnnotation.intType(64, true);
      case UINT_8 -> LogicalTypeAnnotation.intType(8, false);
      case UINT_16 -> LogicalTypeAnnotation.intType(16, false);
      case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
      case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
      // MAP_KEY_VALUE was written where MAP was meant.
      case MAP_KEY_VALUE -> LogicalTypeAnnotation.mapType();
      case BSON, INTERVAL -> null;
    };
  }
}

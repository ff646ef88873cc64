package io.penstock.control.dialect.polaris;

import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The data types of input fields, by their names, which are taken in any case. */
enum InputType {
  STRING(ValueType.VARCHAR, "string", "varchar"),
  LONG(ValueType.BIGINT, "long", "bigint"),
  DOUBLE(ValueType.DOUBLE, "double"),
  FLOAT(ValueType.FLOAT, "float"),
  TIMESTAMP(ValueType.TIMESTAMP, "timestamp"),
  JSON(ValueType.JSON, "json", "complex<json>"),
  STRING_ARRAY(ValueType.VARCHAR_ARRAY, "stringArray"),
  LONG_ARRAY(ValueType.BIGINT_ARRAY, "longArray"),
  DOUBLE_ARRAY(ValueType.DOUBLE_ARRAY, "doubleArray"),
  FLOAT_ARRAY(ValueType.FLOAT_ARRAY, "floatArray");

  /** Known to the product, and to nobody's input here. */
  static final List<String> SPECIAL =
      List.of(
          "ipAddress",
          "ipPrefix",
          "geo",
          "HLLSketch",
          "thetaSketch",
          "quantilesDoublesSketch",
          "variance",
          "longStringPair",
          "ingest_timeseries");

  private final ValueType type;
  private final List<String> names;

  InputType(ValueType type, String... names) {
    this.type = type;
    this.names = List.of(names);
  }

  /** What expressions see. */
  ValueType type() {
    return type;
  }

  String wireName() {
    return names.get(0);
  }

  static List<String> allNames() {
    return Arrays.stream(values()).flatMap(type -> type.names.stream()).toList();
  }

  static Optional<InputType> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(type -> type.names.stream().anyMatch(n -> n.toLowerCase(Locale.ROOT).equals(lower)))
        .findFirst();
  }

  /** What a stored column is called. */
  static String nameOf(ColumnType type) {
    return switch (type) {
      case STRING -> "string";
      case BOOLEAN, INT32, INT64, UINT64 -> "long";
      case DOUBLE -> "double";
      case TIMESTAMP -> "timestamp";
      case JSON -> "json";
    };
  }
}

package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a transform must be to be stored. Pure. */
final class TransformRules {
  private static final String COLUMNS = "settings.output_columns";
  private static final Set<String> TIMES = Set.of("datetime", "datetime64", "epoch");
  private static final Set<String> TYPES =
      Set.of(
          "uint8",
          "uint32",
          "uint64",
          "int8",
          "int32",
          "int64",
          "double",
          "bool",
          "boolean",
          "string",
          "datetime",
          "datetime64",
          "epoch",
          "array",
          "map",
          "json");

  private TransformRules() {}

  static void check(JsonNode transform, Violations violations) {
    String type = transform.path("type").asText("");
    if (type.isEmpty()) {
      violations.add("type", Violations.REQUIRED);
    } else if (!Set.of("csv", "json").contains(type)) {
      violations.add("type", "\"" + type + "\" is not a valid choice.");
    }
    JsonNode columns = transform.path("settings").path("output_columns");
    if (!transform.path("settings").isObject()) {
      violations.add("settings", Violations.REQUIRED);
      return;
    }
    if (!columns.isArray()) {
      violations.add(COLUMNS, Violations.REQUIRED);
      return;
    }
    Set<String> names = new HashSet<>();
    int primaries = 0;
    for (int i = 0; i < columns.size(); i++) {
      JsonNode column = columns.get(i);
      String name = column.path("name").asText("");
      if (name.isEmpty()) {
        violations.add(COLUMNS + "." + i + ".name", Violations.REQUIRED);
      } else if (!names.add(name)) {
        violations.add(
            COLUMNS + "." + i + ".name",
            "column name " + name + " is repeated in multiple positions");
      }
      primaries += column.path("datatype").path("primary").asBoolean(false) ? 1 : 0;
      checkDatatype(column.path("datatype"), COLUMNS + "." + i + ".datatype", violations);
    }
    if (primaries == 0) {
      violations.add(
          COLUMNS + ".non_field_errors",
          "A primary field was not specified. Please specify only one");
    } else if (primaries > 1) {
      violations.add(
          COLUMNS + ".non_field_errors",
          "Multiple fields were set as primary. Please make sure only 1 field is set as primary");
    }
  }

  private static void checkDatatype(JsonNode datatype, String pointer, Violations violations) {
    String type = datatype.path("type").asText("").toLowerCase(Locale.ROOT);
    if (type.isEmpty()) {
      violations.add(pointer + ".type", Violations.REQUIRED);
      return;
    }
    if (!TYPES.contains(type)) {
      violations.add(pointer + ".type", "Type " + type + " is invalid");
    }
    boolean time = TIMES.contains(type);
    if (time && datatype.path("format").asText("").isEmpty()) {
      violations.add(pointer + ".format", "A timestamp must have a format field");
    }
    if (!time && datatype.path("primary").asBoolean(false)) {
      violations.add(
          pointer + ".primary", "A primary field must be a datetime, datetime64 or epoch.");
    }
  }
}

package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spec.TransformSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a transform must be to be stored; whether it can be executed is another question. Pure. */
final class TransformRules {
  static final String NOT_A_CHOICE = "%s is not a valid choice";
  static final String SHARD_KEY_TYPE =
      "A %s field type cannot be used as a shard key. Only string field types are allowed";

  private static final String COLUMNS = "settings.output_columns";

  /** Flags that one column of a transform may have, and what is said of two. */
  private static final Map<String, String> ONCE =
      Map.of(
          "primary",
          "Multiple fields were set as primary. Please make sure only 1 field is set as primary",
          "catch_all",
          "Multiple fields were set as catch_all. Please make sure only 1 field is set as catch_all",
          "catch_rejects",
          "Multiple fields were set as catch_rejects. Please make sure only 1 field is set as"
              + " catch_rejects",
          "shard_key",
          "Multiple fields were set as shard_keys. Please make sure only 1 field is set as"
              + " shard_key");

  private final Violations violations;
  private final Map<String, Integer> flags = new HashMap<>();

  TransformRules(Violations violations) {
    this.violations = violations;
  }

  /**
   * @param transform with its defaults filled in
   * @param tableTypes type by name of the columns that other transforms of the table store
   * @param shardKey of the table; empty for none
   */
  void check(ObjectNode transform, Map<String, String> tableTypes, String shardKey) {
    JsonNode settings = transform.path("settings");
    compression(settings.path("compression"));
    if (transform.path("type").asText().equals("csv")) {
      delimiters(settings.path("format_details"));
    }
    JsonNode columns = settings.path("output_columns");
    if (!columns.isArray()) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      column(columns.get(i), COLUMNS + "." + i, names, tableTypes, shardKey);
    }
    // These hang on the set, beside what is wrong with single columns.
    if (flags.getOrDefault("primary", 0) == 0) {
      violations.add(COLUMNS, "A primary field was not specified. Please specify only one");
    }
    ONCE.keySet().stream()
        .sorted()
        .filter(flag -> flags.getOrDefault(flag, 0) > 1)
        .forEach(flag -> violations.add(COLUMNS, ONCE.get(flag)));
  }

  private void column(
      JsonNode column,
      String pointer,
      Set<String> names,
      Map<String, String> tableTypes,
      String shardKey) {
    if (!column.isObject()) {
      violations.add(pointer, "An object is required.");
      return;
    }
    String name = column.path("name").asText("");
    if (name.isBlank() || !column.path("name").isTextual()) {
      violations.add(pointer + ".name", Violations.REQUIRED);
    } else if (!names.add(name)) {
      violations.add(
          pointer + ".name", "column name " + name + " is repeated in multiple positions");
    }
    JsonNode datatype = column.path("datatype");
    if (!datatype.isObject()) {
      violations.add(pointer + ".datatype", Violations.REQUIRED);
      return;
    }
    new DatatypeRules(pointer + ".datatype", violations).check(datatype);
    ONCE.keySet().stream()
        .filter(flag -> datatype.path(flag).asBoolean(false))
        .forEach(flag -> flags.merge(flag, 1, Integer::sum));
    String type = TableColumns.type(column);
    boolean shards = name.equals(shardKey) || datatype.path("shard_key").asBoolean(false);
    if (shards && !type.isEmpty() && !type.equals("string")) {
      violations.add(pointer + ".datatype.type", SHARD_KEY_TYPE.formatted(type));
    }
    String elsewhere = tableTypes.get(name);
    if (elsewhere != null
        && TableColumns.isStored(column)
        && DatatypeRules.known(type)
        && !TableColumns.alike(type, elsewhere)) {
      violations.add(
          pointer + ".datatype.type",
          "column name %s already exists on the table with type %s".formatted(name, elsewhere));
    }
  }

  private void compression(JsonNode compression) {
    List<String> layers = CompressionNames.split(compression.asText("none"));
    layers.stream()
        .filter(layer -> !CompressionNames.known(layer))
        .forEach(layer -> violations.add("settings.compression", NOT_A_CHOICE.formatted(layer)));
    if (layers.size() > TransformSpec.MAX_LAYERS) {
      violations.add(
          "settings.compression",
          "Ensure this field has no more than " + TransformSpec.MAX_LAYERS + " layers.");
    }
  }

  private void delimiters(JsonNode details) {
    for (String field : List.of("delimiter", "escape", "quote", "comment")) {
      JsonNode value = details.path(field);
      if (!value.isMissingNode() && !value.isNull() && !oneByte(value)) {
        violations.add(
            "settings.format_details." + field,
            "The " + field + " must be one byte, or its ASCII number.");
      }
    }
  }

  private static boolean oneByte(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.canConvertToInt() && value.intValue() >= 0 && value.intValue() < 128;
    }
    String text = value.asText().equals("\\t") ? "\t" : value.asText();
    return value.isTextual() && text.length() == 1 && text.charAt(0) < 128;
  }
}

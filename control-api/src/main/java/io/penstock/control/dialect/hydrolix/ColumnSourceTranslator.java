package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spec.AutomaticValue;
import io.penstock.spec.ColumnSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a column's value comes from. Pure. */
final class ColumnSourceTranslator {
  private static final Map<String, AutomaticValue> AUTOMATIC =
      Map.of(
          "current_time", AutomaticValue.CURRENT_TIME,
          "current_time_ms", AutomaticValue.CURRENT_TIME_MILLIS,
          "receive_time", AutomaticValue.RECEIVE_TIME,
          "receive_time_ms", AutomaticValue.RECEIVE_TIME_MILLIS,
          "input_filename", AutomaticValue.INPUT_FILENAME);
  private static final Set<String> KEYS =
      Set.of(
          "from_automatic_value",
          "from_input_index",
          "from_json_pointers",
          "from_input_field",
          "from_input_fields");

  private final boolean csv;
  private final Map<String, String> constants;
  private final List<String> reasons;

  /**
   * @param type {@code csv} or {@code json}
   * @param constants automatic values that are known already, by name
   * @param reasons to which is added, in full sentences, what cannot be read
   */
  ColumnSourceTranslator(String type, Map<String, String> constants, List<String> reasons) {
    this.csv = type.equals("csv");
    this.constants = Map.copyOf(constants);
    this.reasons = reasons;
  }

  /**
   * @param constant the value of all rows, whatever the source gives
   */
  record Found(ColumnSource source, Optional<String> constant) {
    private static Found at(ColumnSource source) {
      return new Found(source, Optional.empty());
    }
  }

  /** Of several keys the first one that says something for the type of input counts. */
  Found source(JsonNode column) {
    String name = column.path("name").asText();
    JsonNode source = column.path("datatype").path("source");
    source
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                reasons.add("Column %s: the source %s cannot be read.".formatted(name, key));
              }
            });
    if (source.hasNonNull("from_automatic_value")) {
      return automatic(name, source.path("from_automatic_value").asText());
    }
    return Found.at(csv ? field(column, source) : member(name, column.path("datatype"), source));
  }

  private ColumnSource field(JsonNode column, JsonNode source) {
    JsonNode index = source.path("from_input_index");
    index = index.isMissingNode() || index.isNull() ? column.path("position") : index;
    boolean none = index.isMissingNode() || index.isNull();
    if (none || index.asLong() > ColumnSource.Position.MAX_INDEX) {
      return new ColumnSource.None();
    }
    if (index.asLong(-1) < 0) {
      reasons.add(
          "Column %s: the index %s cannot be read.".formatted(column.path("name").asText(), index));
      return new ColumnSource.None();
    }
    return new ColumnSource.Position(index.asInt());
  }

  private ColumnSource member(String name, JsonNode datatype, JsonNode source) {
    if (source.hasNonNull("from_input_index")) {
      // JSON records have no fields by number, so it is past the end of all of them.
      return new ColumnSource.None();
    }
    List<String> pointers = ColumnTranslator.texts(source.path("from_json_pointers"));
    if (!pointers.isEmpty()) {
      return pointers(name, pointers);
    }
    if (source.hasNonNull("from_input_field")) {
      return new ColumnSource.Field(source.path("from_input_field").asText());
    }
    List<String> names = ColumnTranslator.texts(source.path("from_input_fields"));
    if (!names.isEmpty()) {
      return new ColumnSource.FirstField(names);
    }
    return datatype.path("virtual").asBoolean(false)
        ? new ColumnSource.None()
        : new ColumnSource.Field(name);
  }

  private ColumnSource pointers(String name, List<String> pointers) {
    try {
      return new ColumnSource.Pointers(pointers);
    } catch (IllegalArgumentException e) {
      reasons.add("Column %s: %s.".formatted(name, e.getMessage()));
      return new ColumnSource.None();
    }
  }

  private Found automatic(String name, String value) {
    if (AUTOMATIC.containsKey(value)) {
      return Found.at(new ColumnSource.Automatic(AUTOMATIC.get(value)));
    }
    if (!constants.containsKey(value) && !isOfStreams(value)) {
      reasons.add("Column %s: there is no automatic value %s.".formatted(name, value));
    }
    return new Found(new ColumnSource.None(), Optional.ofNullable(constants.get(value)));
  }

  private static boolean isOfStreams(String value) {
    return value.startsWith("kafka_") || value.startsWith("kinesis_stream_");
  }
}

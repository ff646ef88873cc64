package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.IntegerRange;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes what a transform says executable. Pure. A transform is stored whatever it says; a job that
 * names one that cannot be executed in full is refused, so that nothing of it is skipped silently.
 */
final class TransformTranslator {
  private static final Map<String, IntegerRange> INTEGERS =
      Map.of(
          "uint8", new IntegerRange(0, 255),
          "int8", new IntegerRange(-128, 127),
          "int32", new IntegerRange(Integer.MIN_VALUE, Integer.MAX_VALUE),
          "uint32", new IntegerRange(0, 4_294_967_295L),
          "int64", new IntegerRange(Long.MIN_VALUE, Long.MAX_VALUE),
          "uint64", new IntegerRange(0, Long.MAX_VALUE));
  private static final Set<String> TIMES = Set.of("datetime", "datetime64", "epoch");
  private static final Map<String, Compression> COMPRESSIONS =
      Map.ofEntries(
          Map.entry("", Compression.NONE),
          Map.entry("none", Compression.NONE),
          Map.entry("identity", Compression.NONE),
          Map.entry("gzip", Compression.GZIP),
          Map.entry("x-gzip", Compression.GZIP),
          Map.entry("gz", Compression.GZIP),
          Map.entry("zstd", Compression.ZSTD),
          Map.entry("bzip2", Compression.BZIP2),
          Map.entry("x-bzip2", Compression.BZIP2),
          Map.entry("bz2", Compression.BZIP2));
  private static final Map<String, TimeFormat.EpochUnit> UNITS =
      Map.of(
          "s", TimeFormat.EpochUnit.SECONDS,
          "seconds", TimeFormat.EpochUnit.SECONDS,
          "ms", TimeFormat.EpochUnit.MILLISECONDS,
          "milliseconds", TimeFormat.EpochUnit.MILLISECONDS,
          "us", TimeFormat.EpochUnit.MICROSECONDS,
          "microseconds", TimeFormat.EpochUnit.MICROSECONDS,
          "ns", TimeFormat.EpochUnit.NANOSECONDS,
          "nanoseconds", TimeFormat.EpochUnit.NANOSECONDS);

  private final String type;
  private final JsonNode settings;
  private final List<String> reasons = new ArrayList<>();

  private TransformTranslator(String type, JsonNode settings) {
    this.type = type;
    this.settings = settings;
  }

  /**
   * Either a specification, or the reasons why there is none.
   *
   * @param reasons full sentences
   */
  record Translation(Optional<TransformSpec> spec, List<String> reasons) {}

  /**
   * @param type {@code csv} or {@code json}
   */
  static Translation translate(String type, JsonNode settings) {
    TransformTranslator translator = new TransformTranslator(type, settings);
    Optional<TransformSpec> spec = translator.translate();
    return new Translation(
        translator.reasons.isEmpty() ? spec : Optional.empty(), translator.reasons);
  }

  private Optional<TransformSpec> translate() {
    String sql = settings.path("sql_transform").asText("").strip();
    if (!sql.isEmpty()
        && !settings.path("sql_transform").isNull()
        && !sql.matches("(?is)select\\s*\\*\\s*from\\s*\\{stream}\\s*;?")) {
      reasons.add("The transform's sql_transform cannot be executed yet.");
    }
    RecordFormat format = type.equals("csv") ? csv() : json();
    String named = settings.path("compression").asText("none").strip().toLowerCase(Locale.ROOT);
    Compression compression = COMPRESSIONS.get(named);
    if (compression == null) {
      reasons.add("The compression \"" + named + "\" cannot be read yet.");
    }
    List<ColumnSpec> columns = new ArrayList<>();
    String primary = "";
    for (JsonNode column : settings.path("output_columns")) {
      column(column).ifPresent(columns::add);
      if (column.path("datatype").path("primary").asBoolean(false)) {
        primary = column.path("name").asText();
      }
    }
    if (!reasons.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TransformSpec(
              format, compression, columns, primary, texts(settings.path("null_values"))));
    } catch (IllegalArgumentException e) {
      reasons.add("The transform cannot be executed: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private RecordFormat json() {
    JsonNode details = settings.path("format_details");
    if (details.path("flattening").path("active").asBoolean(false)) {
      reasons.add("Flattening cannot be executed yet.");
    }
    if (!details.path("subtype").asText("").isEmpty()) {
      reasons.add("The subtype " + details.path("subtype").asText() + " cannot be read yet.");
    }
    return new RecordFormat.NdJson();
  }

  private RecordFormat csv() {
    JsonNode details = settings.path("format_details");
    boolean comments = details.path("skip_comments").asBoolean(false);
    try {
      return new RecordFormat.Csv(
          character(details, "delimiter", ','),
          Optional.of(character(details, "quote", '"')),
          Optional.of(character(details, "escape", '"')),
          comments ? Optional.of(character(details, "comment", '#')) : Optional.empty(),
          details.path("skip_head").asInt(0),
          false);
    } catch (IllegalArgumentException e) {
      reasons.add("The format_details cannot be used: " + e.getMessage() + ".");
      return new RecordFormat.NdJson();
    }
  }

  /** One byte, its ASCII number, or backslash-t. */
  private char character(JsonNode details, String field, char fallback) {
    JsonNode value = details.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return fallback;
    }
    if (value.isIntegralNumber()) {
      return (char) value.asInt();
    }
    String text = value.asText().equals("\\t") ? "\t" : value.asText();
    if (text.length() != 1 || text.charAt(0) > 127) {
      reasons.add("The " + field + " of format_details must be one byte.");
      return fallback;
    }
    return text.charAt(0);
  }

  private Optional<ColumnSpec> column(JsonNode column) {
    String name = column.path("name").asText();
    JsonNode datatype = column.path("datatype");
    if (datatype.path("ignore").asBoolean(false) || datatype.path("suppress").asBoolean(false)) {
      return Optional.empty();
    }
    for (String feature : List.of("catch_all", "catch_rejects", "denullify", "virtual")) {
      if (datatype.path(feature).asBoolean(false)) {
        reasons.add("Column %s: %s cannot be executed yet.".formatted(name, feature));
      }
    }
    for (String feature : List.of("script", "sql_expression")) {
      if (!datatype.path(feature).asText("").isEmpty() && !datatype.path(feature).isNull()) {
        reasons.add("Column %s: %s cannot be executed yet.".formatted(name, feature));
      }
    }
    String typeName = datatype.path("type").asText().toLowerCase(Locale.ROOT);
    Optional<ColumnType> columnType = columnType(typeName);
    if (columnType.isEmpty()) {
      reasons.add("Column %s: the type %s cannot be loaded yet.".formatted(name, typeName));
      return Optional.empty();
    }
    Optional<TimeFormat> time =
        TIMES.contains(typeName) ? time(name, typeName, datatype) : Optional.empty();
    if (TIMES.contains(typeName) && time.isEmpty()) {
      return Optional.empty();
    }
    JsonNode fallback = datatype.path("default");
    return Optional.of(
        new ColumnSpec(
            name,
            0,
            columnType.get(),
            source(name, column, datatype),
            time,
            Optional.ofNullable(INTEGERS.get(typeName)),
            fallback.isMissingNode() || fallback.isNull()
                ? Optional.empty()
                : Optional.of(fallback.isValueNode() ? fallback.asText() : fallback.toString()),
            texts(datatype.path("null_values"))));
  }

  private static Optional<ColumnType> columnType(String typeName) {
    return Optional.ofNullable(
        switch (typeName) {
          case "uint8", "int8", "int32" -> ColumnType.INT32;
          case "uint32", "int64", "uint64" -> ColumnType.INT64;
          case "double" -> ColumnType.DOUBLE;
          case "bool", "boolean" -> ColumnType.BOOLEAN;
          case "string" -> ColumnType.STRING;
          case "datetime", "datetime64", "epoch" -> ColumnType.TIMESTAMP;
          case "array", "map", "json" -> ColumnType.JSON;
          default -> null;
        });
  }

  private Optional<TimeFormat> time(String name, String typeName, JsonNode datatype) {
    String format = datatype.path("format").asText("");
    if (typeName.equals("epoch")) {
      TimeFormat.EpochUnit unit = UNITS.get(format);
      if (unit == null) {
        reasons.add("Column %s: the epoch format %s cannot be read.".formatted(name, format));
        return Optional.empty();
      }
      return Optional.of(new TimeFormat.Epoch(unit));
    }
    if (Set.of(
            "2006-01-02T15:04:05Z07:00",
            "2006-01-02T15:04:05.999Z07:00",
            "2006-01-02T15:04:05.999999999Z07:00",
            "2006-01-02T15:04:05Z")
        .contains(format)) {
      return Optional.of(new TimeFormat.Iso8601());
    }
    Optional<String> pattern = GoLayout.toPattern(format);
    if (pattern.isEmpty()) {
      reasons.add("Column %s: the layout \"%s\" cannot be read.".formatted(name, format));
    }
    return pattern.map(TimeFormat.Pattern::new);
  }

  private ColumnSource source(String name, JsonNode column, JsonNode datatype) {
    JsonNode source = datatype.path("source");
    Set<String> keys = new HashSet<>();
    source.fieldNames().forEachRemaining(keys::add);
    if (source.has("from_input_index")) {
      return new ColumnSource.Position(Math.max(0, source.path("from_input_index").asInt()));
    }
    if (source.has("from_input_field")) {
      return new ColumnSource.Field(source.path("from_input_field").asText());
    }
    if (!keys.isEmpty()) {
      reasons.add("Column %s: the source %s cannot be read yet.".formatted(name, keys));
    }
    if (type.equals("csv")) {
      return column.has("position")
          ? new ColumnSource.Position(Math.max(0, column.path("position").asInt()))
          : new ColumnSource.None();
    }
    return new ColumnSource.Field(name);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}

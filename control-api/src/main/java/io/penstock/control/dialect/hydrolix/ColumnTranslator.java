package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.penstock.spec.ColumnRules;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Elements;
import io.penstock.spec.IntegerRange;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TimeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One column of a transform, and what its values are made of. Pure. */
final class ColumnTranslator {
  /** Of those that are held in more bits than they have. */
  private static final Map<String, IntegerRange> INTEGERS =
      Map.of(
          "uint8", new IntegerRange(0, 255),
          "int8", new IntegerRange(-128, 127),
          "int32", new IntegerRange(Integer.MIN_VALUE, Integer.MAX_VALUE),
          "uint32", new IntegerRange(0, 4_294_967_295L),
          "int64", new IntegerRange(Long.MIN_VALUE, Long.MAX_VALUE));

  private final ColumnSourceTranslator sources;
  private final TimeTranslator times;
  private final List<String> reasons;

  /**
   * @param reasons to which is added, in full sentences, what cannot be executed
   */
  ColumnTranslator(ColumnSourceTranslator sources, TimeTranslator times, List<String> reasons) {
    this.sources = sources;
    this.times = times;
    this.reasons = reasons;
  }

  static String typeName(JsonNode datatype) {
    return datatype.path("type").asText().toLowerCase(Locale.ROOT);
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  /** Which field the column knows, whether or not it is read. */
  ColumnSource source(JsonNode column) {
    return sources.source(column).source();
  }

  /** Empty, with a reason, if it cannot be executed. */
  Optional<ColumnSpec> column(JsonNode column) {
    return spec(column.path("name").asText(), sources.source(column), column.path("datatype"));
  }

  /** A column whose values come from no source of its own. */
  Optional<ColumnSpec> catching(JsonNode column) {
    return spec(
        column.path("name").asText(),
        new ColumnSourceTranslator.Found(new ColumnSource.None(), Optional.empty()),
        column.path("datatype"));
  }

  private Optional<ColumnSpec> spec(
      String name, ColumnSourceTranslator.Found found, JsonNode datatype) {
    String typeName = typeName(datatype);
    Optional<ColumnType> type = type(typeName);
    if (type.isEmpty()) {
      reasons.add("Column %s: the type %s cannot be loaded yet.".formatted(name, typeName));
      return Optional.empty();
    }
    boolean isTime = TimeTranslator.isTime(typeName);
    boolean automatic = found.source() instanceof ColumnSource.Automatic;
    Optional<TimeFormat> format =
        !isTime
            ? Optional.empty()
            : automatic
                ? Optional.of(new TimeFormat.Iso8601())
                : times.format(name, typeName, datatype);
    Optional<TimeLimits> limits =
        isTime ? times.limits(name, typeName, datatype, automatic) : Optional.empty();
    Optional<Elements> elements = elements(name, typeName, datatype);
    if (isTime && (format.isEmpty() || limits.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new ColumnSpec(
            name,
            0,
            type.get(),
            found.source(),
            format,
            Optional.ofNullable(INTEGERS.get(typeName)),
            automatic ? Optional.empty() : defaultText(type.get(), found, datatype),
            texts(datatype.path("null_values")),
            rules(type.get(), datatype, limits, elements)));
  }

  private static Optional<ColumnType> type(String typeName) {
    return Optional.ofNullable(
        switch (typeName) {
          case "uint8", "int8", "int32" -> ColumnType.INT32;
          case "uint32", "int64" -> ColumnType.INT64;
          case "uint64" -> ColumnType.UINT64;
          case "double" -> ColumnType.DOUBLE;
          case "bool", "boolean" -> ColumnType.BOOLEAN;
          case "string" -> ColumnType.STRING;
          case "datetime", "datetime64", "epoch" -> ColumnType.TIMESTAMP;
          case "array", "map", "json" -> ColumnType.JSON;
          default -> null;
        });
  }

  private static Optional<ColumnRules> rules(
      ColumnType type,
      JsonNode datatype,
      Optional<TimeLimits> limits,
      Optional<Elements> elements) {
    ColumnRules rules =
        new ColumnRules(
            datatype.path("denullify").asBoolean(false), type == ColumnType.JSON, limits, elements);
    return rules.equals(ColumnRules.USUAL) ? Optional.empty() : Optional.of(rules);
  }

  /** Empty for other types, or, with a reason, if they are not as many as the type has. */
  private Optional<Elements> elements(String name, String typeName, JsonNode datatype) {
    int count = typeName.equals("array") ? 1 : typeName.equals("map") ? 2 : 0;
    if (count == 0) {
      return Optional.empty();
    }
    JsonNode given = datatype.path("elements");
    if (given.size() != count) {
      reasons.add(
          "Column %s: the number of element types of %s must be %d but was %d."
              .formatted(name, typeName, count, given.size()));
      return Optional.empty();
    }
    List<ColumnSpec> specs = new ArrayList<>();
    for (JsonNode element : given) {
      JsonNode of = element.has("datatype") ? element.path("datatype") : element;
      if (!of.path("script").isNull() && !of.path("script").asText("").isEmpty()) {
        reasons.add("Column %s: a script of its elements cannot be executed.".formatted(name));
      }
      spec(name, new ColumnSourceTranslator.Found(new ColumnSource.None(), Optional.empty()), of)
          .ifPresent(specs::add);
    }
    if (specs.size() != count) {
      return Optional.empty();
    }
    return Optional.of(
        count == 1
            ? new Elements.Array(specs.get(0))
            : new Elements.Map(specs.get(0), specs.get(1)));
  }

  /** As the text that converts to it. */
  private static Optional<String> defaultText(
      ColumnType type, ColumnSourceTranslator.Found found, JsonNode datatype) {
    if (found.constant().isPresent() && !(found.constant().get().isEmpty() && isNotText(type))) {
      return type == ColumnType.JSON
          ? found.constant().map(ColumnTranslator::quoted)
          : found.constant();
    }
    JsonNode value = datatype.path("default");
    boolean empty = value.isTextual() && value.textValue().isEmpty() && isNotText(type);
    if (value.isMissingNode() || value.isNull() || empty) {
      return Optional.empty();
    }
    if (value.isBoolean() && (type == ColumnType.INT32 || type.isLong())) {
      return Optional.of(value.booleanValue() ? "1" : "0");
    }
    boolean ofElements = List.of("array", "map").contains(typeName(datatype));
    boolean asJson = type == ColumnType.JSON && !(ofElements && value.isTextual());
    return Optional.of(value.isValueNode() && !asJson ? value.asText() : value.toString());
  }

  private static boolean isNotText(ColumnType type) {
    return type != ColumnType.STRING;
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}

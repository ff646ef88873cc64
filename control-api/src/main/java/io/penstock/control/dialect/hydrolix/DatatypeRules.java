package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the datatype of a column, or of what is in it, must be. Pure. */
final class DatatypeRules {
  private static final Set<String> TIMES = Set.of("datetime", "datetime64", "epoch");
  private static final Set<String> TEXT_OR_MAP = Set.of("string", "map");
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
  private static final Set<String> RESOLUTIONS =
      Set.of(
          "s",
          "sec",
          "secs",
          "second",
          "seconds",
          "ms",
          "milli",
          "millis",
          "millisecond",
          "milliseconds");
  private static final Set<String> EPOCH_UNITS =
      Set.of(
          "s",
          "seconds",
          "cs",
          "centiseconds",
          "ms",
          "milliseconds",
          "us",
          "microseconds",
          "ns",
          "nanoseconds");
  private static final Set<String> AUTOMATIC =
      Set.of(
          "current_time",
          "current_time_ms",
          "receive_time",
          "receive_time_ms",
          "input_filename",
          "intake_method",
          "intake_pool",
          "index_pool",
          "project_name",
          "project_uuid",
          "project_revision",
          "table_name",
          "table_uuid",
          "table_revision",
          "transform_name",
          "transform_uuid",
          "transform_revision");

  /** Anything that a Go reference layout is made of. */
  private static final Pattern LAYOUT_TOKEN = Pattern.compile("[1-6]|Jan|Mon|MST|PM|pm");

  private final String pointer;
  private final Violations violations;

  DatatypeRules(String pointer, Violations violations) {
    this.pointer = pointer;
    this.violations = violations;
  }

  static boolean known(String type) {
    return TYPES.contains(type);
  }

  private void wrong(String field, String message) {
    violations.add(pointer + "." + field, message);
  }

  void check(JsonNode datatype) {
    String type = typed(datatype);
    if (!known(type)) {
      return;
    }
    if (TIMES.contains(type)) {
      time(type, datatype);
    }
    roles(type, datatype);
    String automatic = datatype.path("source").path("from_automatic_value").asText("");
    boolean streamOnly = automatic.equals("kafka_topic") || automatic.startsWith("kinesis_stream_");
    if (!automatic.isEmpty() && !streamOnly && !AUTOMATIC.contains(automatic)) {
      wrong("source.from_automatic_value", TransformRules.NOT_A_CHOICE.formatted(automatic));
    }
  }

  /** The type, in lower case; what is inside is checked too. */
  private String typed(JsonNode datatype) {
    String said = datatype.path("type").asText("");
    String type = said.toLowerCase(Locale.ROOT);
    if (type.isEmpty()) {
      wrong("type", Violations.REQUIRED);
    } else if (!known(type)) {
      wrong("type", "Type " + said + " is invalid");
    } else if (type.equals("array") && datatype.path("elements").size() != 1) {
      wrong("elements", "An array must have exactly one element type.");
    } else if (type.equals("map") && datatype.path("elements").size() != 2) {
      wrong("elements", "A map must have exactly two element types, of its keys and its values.");
    } else if (type.equals("array") || type.equals("map")) {
      JsonNode elements = datatype.path("elements");
      for (int i = 0; i < elements.size(); i++) {
        new DatatypeRules(pointer + ".elements." + i, violations).typed(elements.path(i));
      }
    }
    return type;
  }

  private void time(String type, JsonNode datatype) {
    String format = datatype.path("format").asText("");
    if (format.isEmpty()) {
      wrong("format", "A timestamp must have a format field");
    } else if (type.equals("epoch") != EPOCH_UNITS.contains(format)) {
      wrong("format", "invalid format (%s) for type (%s)".formatted(format, type));
    } else if (format.contains("(?P<")) {
      try {
        Pattern.compile(format);
      } catch (PatternSyntaxException e) {
        wrong("format", "invalid date format " + format);
      }
    } else if (!type.equals("epoch") && !LAYOUT_TOKEN.matcher(format).find()) {
      wrong("format", "cannot find a matching format for " + format);
    }
    JsonNode resolution = datatype.path("resolution");
    if (!resolution.isMissingNode()
        && !resolution.isNull()
        && !RESOLUTIONS.contains(resolution.asText())) {
      wrong("resolution", TransformRules.NOT_A_CHOICE.formatted(resolution.asText()));
    }
  }

  private void roles(String type, JsonNode datatype) {
    if (datatype.path("primary").asBoolean(false)) {
      if (!TIMES.contains(type)) {
        wrong("primary", "A primary field must be a datetime, datetime64 or epoch.");
      }
      for (String flag : List.of("ignore", "suppress")) {
        if (datatype.path(flag).asBoolean(false)) {
          wrong(flag, "A primary field is stored; it cannot have " + flag + ".");
        }
      }
    }
    for (String flag : List.of("catch_all", "catch_rejects")) {
      if (datatype.path(flag).asBoolean(false) && !TEXT_OR_MAP.contains(type)) {
        wrong(flag, "A " + flag + " field must be a string or a map.");
      }
    }
  }
}

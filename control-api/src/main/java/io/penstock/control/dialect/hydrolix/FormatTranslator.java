package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spec.RecordFormat;
import java.util.List;
import java.util.Optional;

/** What {@code format_details} say of a transform's input. Pure. */
final class FormatTranslator {
  private final JsonNode details;
  private final List<String> reasons;

  private FormatTranslator(JsonNode details, List<String> reasons) {
    this.details = details;
    this.reasons = reasons;
  }

  /**
   * @param type {@code csv} or {@code json}
   * @param reasons to which is added, in full sentences, what cannot be read
   */
  static RecordFormat format(String type, JsonNode details, List<String> reasons) {
    FormatTranslator translator = new FormatTranslator(details, reasons);
    return type.equals("csv") ? translator.csv() : translator.json();
  }

  private RecordFormat json() {
    String subtype = details.path("subtype").asText("");
    boolean firehose = subtype.equals("firehose");
    if (!firehose && details.hasNonNull("subtype") && !subtype.isEmpty()) {
      reasons.add("The subtype " + subtype + " cannot be read.");
    }
    return new RecordFormat.Json(
        flattening(details.path("flattening")),
        firehose ? Optional.of(RecordFormat.Envelope.FIREHOSE) : Optional.empty());
  }

  private Optional<RecordFormat.Flattening> flattening(JsonNode flattening) {
    if (!flattening.path("active").asBoolean(false)) {
      return Optional.empty();
    }
    int depth = flattening.path("depth").asInt(0);
    if (depth < 0) {
      reasons.add("The depth of format_details.flattening must not be negative.");
      return Optional.empty();
    }
    return Optional.of(
        new RecordFormat.Flattening(
            depth,
            affixes(flattening.path("map_flattening_strategy")),
            affixes(flattening.path("slice_flattening_strategy"))));
  }

  private static Optional<RecordFormat.Affixes> affixes(JsonNode strategy) {
    return strategy.isObject()
        ? Optional.of(
            new RecordFormat.Affixes(
                strategy.path("left").asText(""), strategy.path("right").asText("")))
        : Optional.empty();
  }

  private RecordFormat csv() {
    boolean comments = details.path("skip_comments").asBoolean(false);
    try {
      return new RecordFormat.Csv(
          character("delimiter", ','),
          Optional.of(character("quote", '"')),
          Optional.of(character("escape", '"')),
          comments ? Optional.of(character("comment", '#')) : Optional.empty(),
          details.path("skip_head").asInt(0),
          false);
    } catch (IllegalArgumentException e) {
      reasons.add("The format_details cannot be used: " + e.getMessage() + ".");
      return new RecordFormat.Json(Optional.empty());
    }
  }

  /** One byte, its ASCII number, or backslash-t. */
  private char character(String field, char fallback) {
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
}

package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.export.Destination;
import io.penstock.control.export.Integration;
import io.penstock.control.http.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** {@code destination} of a request: the checks in the order of the contract. Pure. */
final class DestinationBody {
  static final String DESTINATION = "destination";
  static final String NO_FIELD = "destination__non_field_errors";
  private static final String CONFIG = "destination__config";
  private static final List<String> FORMATS = List.of("Parquet", "JSONLines");
  private static final Map<String, List<String>> CODECS =
      Map.of(
          "Parquet", List.of("zstd", "lz4", "snappy", "gzip", "brotli"),
          "JSONLines", List.of("gzip", "brotli"));

  private final DestinationRules rules;
  private final Optional<Destination> stored;
  private final boolean partial;

  /**
   * @param partial whether only what is sent is looked at
   */
  DestinationBody(DestinationRules rules, Optional<Destination> stored, boolean partial) {
    this.rules = rules;
    this.stored = stored;
    this.partial = partial;
  }

  Destination read(JsonNode value) {
    if (!(value instanceof ObjectNode sent)) {
      throw PosthogError.invalid(DESTINATION, Input.notADictionary(value));
    }
    Destination.Type type = type(sent);
    ObjectNode config = config(sent);
    String named = sent.has("integration") ? "integration" : "integration_id";
    Optional<Integration> integration = integration(sent.path(named), named);
    refuseUnknown(config, type);
    if (!partial) {
      requireAll(config, type);
    }
    ObjectNode checked = typed(config);
    ObjectNode before = before(type);
    checkLegacy(checked, before);
    boolean isNamed = sent.has(named);
    Optional<Integer> number =
        isNamed ? integration.map(Integration::number) : stored.flatMap(Destination::integration);
    checkIntegration(type, number, integration);
    refuseBlank(checked, type);
    ObjectNode merged = before.deepCopy();
    merged.setAll(checked);
    if (type != Destination.Type.INLINE
        && !merged.has(ConfigField.LEGACY_PARQUET_EXTENSION.wireName())) {
      merged.put(ConfigField.LEGACY_PARQUET_EXTENSION.wireName(), false);
    }
    if (!partial || checked.has("file_format") || checked.has("compression")) {
      checkFormat(merged);
    }
    checkValues(checked);
    rules.checkEndpoint(checked.path("endpoint_url").asText(""));
    return rules.kept(type, number, merged, stored.flatMap(Destination::secret));
  }

  private Destination.Type type(ObjectNode sent) {
    JsonNode given = sent.path("type");
    if (given.isMissingNode() && stored.isPresent() && partial) {
      return stored.get().type();
    }
    if (given.isMissingNode()) {
      throw PosthogError.required("destination__type");
    }
    if (given.isNull()) {
      throw PosthogError.notNull("destination__type");
    }
    String name = given.asText();
    if (stored.isPresent() && !DestinationTypes.name(stored.get().type()).equals(name)) {
      throw PosthogError.invalid(
          DESTINATION,
          ("Cannot change destination type from '%s' to '%s'. Delete this batch export and create a"
                  + " new one with the new destination type.")
              .formatted(DestinationTypes.name(stored.get().type()), name));
    }
    if (DestinationTypes.isElsewhere(name)) {
      throw PosthogError.invalid(
          "destination__type", "Destination type '" + name + "' is not supported by this server");
    }
    Destination.Type type =
        DestinationTypes.find(name)
            .orElseThrow(() -> PosthogError.choice("destination__type", name));
    rules.checkType(type);
    return type;
  }

  private ObjectNode config(ObjectNode sent) {
    JsonNode config = sent.path("config");
    if (config.isMissingNode()) {
      if (partial) {
        return JsonNodeFactory.instance.objectNode();
      }
      throw PosthogError.required(CONFIG);
    }
    if (config.isNull()) {
      throw PosthogError.notNull(CONFIG);
    }
    if (config instanceof ObjectNode object) {
      return object;
    }
    throw PosthogError.invalid(CONFIG, Input.notADictionary(config));
  }

  private Optional<Integration> integration(JsonNode given, String named) {
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    String attr = "destination__" + named;
    boolean number = given.isIntegralNumber() && given.canConvertToInt();
    if (!number && !(given.isTextual() && given.textValue().matches("\\d{1,9}"))) {
      throw PosthogError.invalid(
          attr,
          "incorrect_type",
          "Incorrect type. Expected pk value, received " + Input.typeWord(given) + ".");
    }
    return Optional.of(
        rules
            .integration(given.asInt())
            .orElseThrow(
                () ->
                    PosthogError.invalid(
                        attr,
                        "does_not_exist",
                        "Invalid pk \"" + given.asText() + "\" - object does not exist.")));
  }

  private void refuseUnknown(ObjectNode config, Destination.Type type) {
    TreeSet<String> unknown = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : config.properties()) {
      Optional<ConfigField> known =
          ConfigField.find(field.getKey())
              .filter(one -> one.isOf(type))
              .filter(one -> rules.hasEvents() || !isOfEvents(one));
      if (known.isEmpty()) {
        unknown.add("'" + field.getKey() + "'");
      }
    }
    if (!unknown.isEmpty()) {
      throw PosthogError.invalid(
          NO_FIELD, "Configuration has unknown field/s: " + String.join(", ", unknown));
    }
  }

  private static boolean isOfEvents(ConfigField field) {
    return field == ConfigField.INCLUDE_EVENTS || field == ConfigField.EXCLUDE_EVENTS;
  }

  private static void requireAll(ObjectNode config, Destination.Type type) {
    for (ConfigField field : ConfigField.values()) {
      if (field.required() && field.isOf(type) && !config.has(field.wireName())) {
        throw PosthogError.invalid(
            NO_FIELD, "Configuration missing required field: '" + field.wireName() + "'");
      }
    }
  }

  private static ObjectNode typed(ObjectNode config) {
    ObjectNode typed = JsonNodeFactory.instance.objectNode();
    for (ConfigField field : ConfigField.values()) {
      if (config.has(field.wireName())) {
        field.checked(config.get(field.wireName()));
      }
    }
    for (Map.Entry<String, JsonNode> field : config.properties()) {
      typed.set(
          field.getKey(), ConfigField.find(field.getKey()).orElseThrow().checked(field.getValue()));
    }
    return typed;
  }

  /** The stored configuration, in which a field that came later has the value it stood for. */
  private ObjectNode before(Destination.Type type) {
    if (stored.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    ObjectNode before = (ObjectNode) Requests.parse(stored.get().config());
    if (type != Destination.Type.INLINE
        && !before.has(ConfigField.LEGACY_PARQUET_EXTENSION.wireName())) {
      boolean legacy =
          before.path("file_format").asText().equals("Parquet") && before.hasNonNull("compression");
      before.put(ConfigField.LEGACY_PARQUET_EXTENSION.wireName(), legacy);
    }
    return before;
  }

  private static void checkLegacy(ObjectNode checked, ObjectNode before) {
    String name = ConfigField.LEGACY_PARQUET_EXTENSION.wireName();
    if (checked.path(name).asBoolean() && !before.path(name).asBoolean()) {
      throw PosthogError.invalid(
          DESTINATION, name + " cannot be switched on: files of Parquet end in .parquet");
    }
  }

  private static void checkIntegration(
      Destination.Type type, Optional<Integer> number, Optional<Integration> sent) {
    if (type == Destination.Type.INLINE) {
      if (number.isPresent()) {
        throw PosthogError.invalid(
            DESTINATION, "Integration is not supported for S3 batch exports");
      }
      return;
    }
    if (number.isEmpty()) {
      throw PosthogError.invalid(
          DESTINATION,
          "Integration is required for " + DestinationTypes.name(type) + " batch exports");
    }
    if (sent.isPresent() && sent.get().kind() != type) {
      String wanted = type == Destination.Type.AWS ? "AWS S3" : "S3-compatible";
      throw PosthogError.invalid(
          DESTINATION,
          "Integration provided is not an %s integration (got kind='%s')"
              .formatted(wanted, DestinationTypes.kind(sent.get().kind())));
    }
  }

  private static void refuseBlank(ObjectNode checked, Destination.Type type) {
    List<String> blank = new ArrayList<>();
    for (ConfigField field : ConfigField.values()) {
      boolean asked = field.required() || (type == Destination.Type.INLINE && field.isSecret());
      JsonNode value = checked.path(field.wireName());
      if (asked && value.isTextual() && value.textValue().isBlank()) {
        blank.add(field.wireName());
      }
    }
    if (!blank.isEmpty()) {
      throw PosthogError.invalid(
          DESTINATION, "The following inputs are empty: " + Texts.list(blank));
    }
  }

  private static void checkFormat(ObjectNode merged) {
    String format = merged.path("file_format").asText("JSONLines");
    if (!FORMATS.contains(format)) {
      throw PosthogError.invalid(
          DESTINATION,
          "File format %s is not supported. Supported file formats are %s"
              .formatted(format, Texts.list(FORMATS)));
    }
    JsonNode codec = merged.path("compression");
    if (codec.isTextual() && !CODECS.get(format).contains(codec.textValue())) {
      throw PosthogError.invalid(
          DESTINATION,
          "Compression %s is not supported for file format %s. Supported compressions are %s"
              .formatted(codec.textValue(), format, Texts.list(CODECS.get(format))));
    }
  }

  private void checkValues(ObjectNode checked) {
    if (checked.path("max_file_size_mb").asLong(0) < 0) {
      throw PosthogError.invalid(DESTINATION, "max_file_size_mb must not be negative");
    }
    JsonNode encryption = checked.path("encryption");
    if (encryption.isTextual() && !List.of("AES256", "aws:kms").contains(encryption.textValue())) {
      throw PosthogError.invalid(DESTINATION, "Encryption must be one of ['AES256', 'aws:kms']");
    }
    JsonNode manifest = checked.path("manifest");
    if (manifest.isTextual() && !List.of("auto", "always").contains(manifest.textValue())) {
      throw PosthogError.invalid(DESTINATION, "Manifest must be one of ['auto', 'always']");
    }
    rules.checkPartitionBy(checked.path("partition_by"));
  }
}

package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.penstock.control.export.Destination;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The fields of {@code destination.config}, in the order that problems are reported in. */
enum ConfigField {
  BUCKET_NAME(Kind.STR, true, Set.of(Destination.Type.values())),
  REGION(Kind.STR, true, Set.of(Destination.Type.values())),
  PREFIX(Kind.STR, true, Set.of(Destination.Type.values())),
  FILE_FORMAT(Kind.STR, false, Set.of(Destination.Type.values())),
  COMPRESSION(Kind.STR_OR_NULL, false, Set.of(Destination.Type.values())),
  MAX_FILE_SIZE_MB(Kind.INT_OR_NULL, false, Set.of(Destination.Type.values())),
  INCLUDE_EVENTS(Kind.LIST_OR_NULL, false, Set.of(Destination.Type.values())),
  EXCLUDE_EVENTS(Kind.LIST_OR_NULL, false, Set.of(Destination.Type.values())),
  AWS_ACCESS_KEY_ID(Kind.STR_OR_NULL, false, Set.of(Destination.Type.INLINE)),
  AWS_SECRET_ACCESS_KEY(Kind.STR_OR_NULL, false, Set.of(Destination.Type.INLINE)),
  ENDPOINT_URL(Kind.STR_OR_NULL, false, Set.of(Destination.Type.INLINE)),
  USE_VIRTUAL_STYLE_ADDRESSING(
      Kind.BOOL, false, Set.of(Destination.Type.INLINE, Destination.Type.COMPATIBLE)),
  ENCRYPTION(Kind.STR_OR_NULL, false, Set.of(Destination.Type.INLINE, Destination.Type.AWS)),
  KMS_KEY_ID(Kind.STR_OR_NULL, false, Set.of(Destination.Type.INLINE, Destination.Type.AWS)),
  LEGACY_PARQUET_EXTENSION(
      Kind.BOOL, false, Set.of(Destination.Type.AWS, Destination.Type.COMPATIBLE)),
  PARTITION_BY(Kind.LIST_OR_NULL, false, Set.of(Destination.Type.values())),
  MANIFEST(Kind.STR, false, Set.of(Destination.Type.values()));

  private static final List<String> TRUE = List.of("true", "yes", "on", "t", "y", "1");
  private static final List<String> FALSE = List.of("false", "no", "off", "f", "n", "0");

  private final Kind kind;
  private final boolean required;
  private final Set<Destination.Type> types;

  ConfigField(Kind kind, boolean required, Set<Destination.Type> types) {
    this.kind = kind;
    this.required = required;
    this.types = types;
  }

  /** What a value is. */
  private enum Kind {
    STR("str"),
    STR_OR_NULL("str"),
    INT_OR_NULL("int"),
    LIST_OR_NULL("list"),
    BOOL("bool");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    boolean nullable() {
      return this != STR && this != BOOL;
    }
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean required() {
    return required;
  }

  boolean isOf(Destination.Type type) {
    return types.contains(type);
  }

  boolean isSecret() {
    return this == AWS_ACCESS_KEY_ID || this == AWS_SECRET_ACCESS_KEY;
  }

  static Optional<ConfigField> find(String name) {
    return Arrays.stream(values()).filter(field -> field.wireName().equals(name)).findFirst();
  }

  /** The value as it is kept; text that says a number or a truth becomes one. */
  JsonNode checked(JsonNode value) {
    if (value.isNull() && kind.nullable()) {
      return value;
    }
    Optional<JsonNode> fits =
        switch (kind) {
          case STR, STR_OR_NULL -> Optional.of(value).filter(JsonNode::isTextual);
          case LIST_OR_NULL -> Optional.of(value).filter(ConfigField::isListOfText);
          case INT_OR_NULL -> whole(value);
          case BOOL -> truth(value);
        };
    return fits.orElseThrow(
        () ->
            PosthogError.invalid(
                DestinationBody.NO_FIELD,
                "Configuration has invalid type: got '%s', expected '%s'"
                    .formatted(Input.typeWord(value), kind.word)));
  }

  private static boolean isListOfText(JsonNode value) {
    boolean fits = value.isArray();
    for (JsonNode one : value) {
      fits &= one.isTextual();
    }
    return fits;
  }

  private static Optional<JsonNode> whole(JsonNode value) {
    if (value.isTextual() && value.textValue().strip().matches("-?\\d{1,18}")) {
      return Optional.of(
          JsonNodeFactory.instance.numberNode(Long.parseLong(value.textValue().strip())));
    }
    return Optional.of(value).filter(one -> one.isIntegralNumber() && one.canConvertToLong());
  }

  private static Optional<JsonNode> truth(JsonNode value) {
    String text = value.isTextual() ? value.textValue().strip().toLowerCase(Locale.ROOT) : "";
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return Optional.of(JsonNodeFactory.instance.booleanNode(TRUE.contains(text)));
    }
    return Optional.of(value).filter(JsonNode::isBoolean);
  }
}

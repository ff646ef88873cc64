package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One field of a {@link Shape}.
 *
 * @param readOnly ignored in requests; whoever answers computes it
 * @param nullable whether a given null is kept rather than read as the default
 * @param fallback what it is when it is not given; missing to leave it out
 */
record Field(
    FieldType type, boolean required, boolean readOnly, boolean nullable, JsonNode fallback) {

  private static Field of(FieldType type) {
    return new Field(type, false, false, false, MissingNode.getInstance());
  }

  static Field text(int maxLength) {
    return text(maxLength, List.of());
  }

  static Field text(int maxLength, List<String> known) {
    return of(new FieldType.Text(maxLength, known));
  }

  static Field uuid() {
    return of(new FieldType.Id());
  }

  static Field integer(long min, int fallback) {
    return of(new FieldType.Whole(min)).or(IntNode.valueOf(fallback));
  }

  static Field truth() {
    return of(new FieldType.Truth());
  }

  static Field truth(boolean fallback) {
    return truth().or(BooleanNode.valueOf(fallback));
  }

  static Field moment() {
    return of(new FieldType.Moment()).asReadOnly();
  }

  static Field choice(List<String> choices) {
    return of(new FieldType.Choice(choices, "\"%s\" is not a valid choice."));
  }

  static Field choice(List<String> choices, String refusal) {
    return of(new FieldType.Choice(choices, refusal));
  }

  static Field list() {
    return of(new FieldType.Items(Optional.empty())).or(JsonNodeFactory.instance.arrayNode());
  }

  /** Of objects; it is never empty, and a single object is a list of one. */
  static Field listOf(Shape element) {
    return of(new FieldType.Items(Optional.of(element)))
        .or(JsonNodeFactory.instance.arrayNode().add(element.filled()));
  }

  /** Anything. */
  static Field any() {
    return of(new FieldType.Anything());
  }

  static Field nested(Shape shape) {
    return of(new FieldType.Nested(shape)).or(shape.filled());
  }

  /** Left out when it is not given. */
  static Field optionalNested(Shape shape) {
    return of(new FieldType.Nested(shape));
  }

  Field asRequired() {
    return new Field(type, true, readOnly, nullable, MissingNode.getInstance());
  }

  Field asReadOnly() {
    return new Field(type, required, true, nullable, fallback);
  }

  Field asNullable() {
    return new Field(type, required, readOnly, true, fallback);
  }

  Field orNull() {
    return asNullable().or(NullNode.getInstance());
  }

  Field or(String text) {
    return or(TextNode.valueOf(text));
  }

  Field or(JsonNode value) {
    return new Field(type, required, readOnly, nullable, value);
  }

  /** The value to keep, which is missing when there is none. */
  JsonNode read(JsonNode given, String pointer, Violations violations) {
    boolean absent = given == null || given.isMissingNode();
    if (!absent && given.isNull() && nullable) {
      return given;
    }
    if (absent || given.isNull()) {
      if (required) {
        violations.add(pointer, Violations.REQUIRED);
      }
      return fallback.deepCopy();
    }
    return type.read(given, pointer, violations);
  }

  /** As {@code OPTIONS} shows it. */
  ObjectNode described(String name) {
    ObjectNode descriptor = JsonNodeFactory.instance.objectNode();
    descriptor
        .put("type", type.wireName())
        .put("required", required)
        .put("read_only", readOnly)
        .put("label", label(name));
    type.describe(descriptor);
    return descriptor;
  }

  private static String label(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).replace('_', ' ');
  }
}

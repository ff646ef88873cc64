package io.penstock.job.decode;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RowRules;
import io.penstock.spec.TransformSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the values of all columns in a JSON object of which every member is known, and what is left
 * over.
 */
final class JsonSources {
  private final List<ColumnSpec> columns;
  private final Map<String, JsonPath> paths = new HashMap<>();
  private final Set<String> claimed = new HashSet<>();
  private final Optional<CaughtFields> unclaimed;
  private final Optional<FlatMembers> flattening;

  JsonSources(TransformSpec transform) {
    this.flattening = flattening(transform).map(FlatMembers::new);
    this.columns = transform.convertedColumns();
    this.unclaimed = CaughtFields.unclaimed(transform);
    columns.forEach(column -> claim(column.source()));
    transform.effectiveRowRules().claimed().forEach(this::claim);
  }

  /** Whether more than top-level names has to be looked at. */
  static boolean areNeeded(TransformSpec transform) {
    return flattening(transform).isPresent()
        || transform.rowRules().flatMap(RowRules::catchAll).isPresent()
        || transform.convertedColumns().stream()
            .map(ColumnSpec::source)
            .anyMatch(
                source ->
                    source instanceof ColumnSource.FirstField
                        || source instanceof ColumnSource.Pointers);
  }

  private static Optional<RecordFormat.Flattening> flattening(TransformSpec transform) {
    return transform.format() instanceof RecordFormat.Json json
        ? json.flattening()
        : Optional.empty();
  }

  private void claim(ColumnSource source) {
    if (source instanceof ColumnSource.Field field) {
      claimed.add(field.name());
    } else if (source instanceof ColumnSource.FirstField first) {
      claimed.addAll(first.names());
    } else if (source instanceof ColumnSource.Pointers pointers) {
      for (String pointer : pointers.pointers()) {
        paths.put(pointer, JsonPath.of(pointer));
        paths.get(pointer).first().ifPresent(claimed::add);
      }
    }
  }

  /**
   * @param members of the record; of those with the same name the last one
   */
  void pick(Map<String, JsonValue> members, Fields fields) {
    Map<String, JsonValue> named = flattening.map(flat -> flat.of(members)).orElse(members);
    for (int i = 0; i < columns.size(); i++) {
      Optional<JsonValue> value = value(columns.get(i).source(), members, named);
      if (value.isPresent()) {
        fields.set(i, value.get().kind(), value.get().text());
      }
    }
    unclaimed.ifPresent(rest -> putRest(rest, named, fields));
  }

  /** Pointers go into the record as it is; names are looked for when it has been flattened. */
  private Optional<JsonValue> value(
      ColumnSource source, Map<String, JsonValue> members, Map<String, JsonValue> named) {
    if (source instanceof ColumnSource.Field field) {
      return Optional.ofNullable(named.get(field.name()));
    }
    if (source instanceof ColumnSource.FirstField first) {
      return first.names().stream().filter(named::containsKey).findFirst().map(named::get);
    }
    if (source instanceof ColumnSource.Pointers pointers) {
      return pointers.pointers().stream()
          .flatMap(pointer -> paths.get(pointer).find(members).stream())
          .findFirst();
    }
    return Optional.empty();
  }

  private void putRest(CaughtFields rest, Map<String, JsonValue> members, Fields fields) {
    rest.clear();
    members.forEach(
        (name, value) -> {
          if (!claimed.contains(name)) {
            rest.add(name, value);
          }
        });
    rest.put(fields);
  }
}

package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.http.Requests;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the transforms of a table, oldest first, say of its columns. Pure. */
final class TableColumns {
  private TableColumns() {}

  /** The primary column of the default transform, else of the oldest one. */
  static Optional<String> primary(List<CatalogObject> transforms) {
    return primaries(transforms).stream().findFirst();
  }

  /** The primary columns of all transforms, the default one's first. */
  static Set<String> primaries(List<CatalogObject> transforms) {
    Set<String> names = new LinkedHashSet<>();
    defaultOf(transforms).ifPresent(transform -> addPrimary(transform, names));
    transforms.forEach(transform -> addPrimary(transform, names));
    return names;
  }

  private static void addPrimary(CatalogObject transform, Set<String> names) {
    for (JsonNode column : columns(transform)) {
      if (column.path("datatype").path("primary").asBoolean(false)) {
        names.add(column.path("name").asText());
      }
    }
  }

  static Optional<CatalogObject> defaultOf(List<CatalogObject> transforms) {
    return transforms.stream().filter(TableColumns::isDefault).findFirst();
  }

  static boolean isDefault(CatalogObject transform) {
    return settings(transform).path("is_default").asBoolean(false);
  }

  /** Type by name of the columns that are stored. */
  static Map<String, String> types(List<CatalogObject> transforms) {
    Map<String, String> types = new TreeMap<>();
    for (CatalogObject transform : transforms) {
      for (JsonNode column : columns(transform)) {
        if (isStored(column)) {
          types.putIfAbsent(column.path("name").asText(), type(column));
        }
      }
    }
    return types;
  }

  static boolean isStored(JsonNode column) {
    JsonNode datatype = column.path("datatype");
    return !datatype.path("ignore").asBoolean(false) && !datatype.path("suppress").asBoolean(false);
  }

  static String type(JsonNode column) {
    return column.path("datatype").path("type").asText("").toLowerCase(Locale.ROOT);
  }

  /** Whether columns of the two types hold the same values. */
  static boolean alike(String one, String other) {
    return stored(one).equals(stored(other));
  }

  private static String stored(String type) {
    return switch (type) {
      case "epoch", "datetime64" -> "datetime";
      case "boolean" -> "bool";
      default -> type;
    };
  }

  private static JsonNode columns(CatalogObject transform) {
    return settings(transform).path("output_columns");
  }

  private static JsonNode settings(CatalogObject transform) {
    return Requests.parse(transform.document()).path("settings");
  }
}

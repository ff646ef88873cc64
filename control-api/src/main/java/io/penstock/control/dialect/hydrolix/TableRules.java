package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Optional;

/** What a table's settings must be beyond their types. */
final class TableRules {
  private final Catalog catalog;

  TableRules(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * @param before the table as it is; absent for a new one
   */
  void check(
      CatalogObject project,
      Optional<CatalogObject> before,
      ObjectNode given,
      Violations violations) {
    List<CatalogObject> transforms =
        before
            .map(table -> catalog.list(table.organization(), Kind.TRANSFORM, table.id()))
            .orElse(List.of());
    JsonNode settings = given.path("settings");
    String shardKey = settings.path("shard_key").asText("");
    String type = TableColumns.types(transforms).get(shardKey);
    if (type != null && !type.equals("string")) {
      violations.add("settings.shard_key", TransformRules.SHARD_KEY_TYPE.formatted(type));
    }
    String table = project.name() + "." + given.path("name").asText();
    JsonNode entries = settings.path("autoingest");
    for (int i = 0; i < entries.size(); i++) {
      autoingest(
          project, table, transforms, entries.get(i), "settings.autoingest." + i, violations);
    }
  }

  private void autoingest(
      CatalogObject project,
      String table,
      List<CatalogObject> transforms,
      JsonNode entry,
      String pointer,
      Violations violations) {
    if (entry.path("enabled").asBoolean()
        && !AutoingestEntry.sound(entry.path("source").asText())) {
      violations.add(pointer + ".source", AutoingestEntry.SOURCE);
    }
    try {
      Pattern.compile(entry.path("pattern").asText());
    } catch (PatternSyntaxException e) {
      violations.add(
          pointer + ".pattern", "Not a valid regular expression: " + e.getMessage() + ".");
    }
    for (String field : List.of("source_credential_id", "bucket_credential_id")) {
      String id = entry.path(field).asText("");
      boolean known =
          Requests.uuid(id)
              .flatMap(uuid -> catalog.find(project.organization(), Kind.CONNECTION, uuid))
              .isPresent();
      if (entry.hasNonNull(field) && !known) {
        violations.add(pointer + "." + field, "Credential " + id + " was not found.");
      }
    }
    String transform = entry.path("transform").asText("");
    boolean named = entry.hasNonNull("transform") && !transform.isEmpty();
    if (entry.path("enabled").asBoolean() && !named) {
      if (TableColumns.defaultOf(transforms).isEmpty()) {
        violations.add(pointer + ".transform", "Table \"" + table + "\" has no default transform.");
      }
    } else if (entry.path("enabled").asBoolean()
        && transforms.stream().noneMatch(one -> one.name().equals(transform))) {
      violations.add(
          pointer + ".transform",
          "Transform \"%s\" was not found on table \"%s\".".formatted(transform, table));
    }
  }
}

package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import io.penstock.control.job.TableRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What a table's settings must be beyond their types. */
final class TableRules {
  /** Of a table that is only being made: it has no transforms. */
  private static final UUID NO_TABLE = new UUID(0, 0);

  private final Catalog catalog;
  private final Function<UUID, References> references;

  /**
   * @param references of an organization
   */
  TableRules(Catalog catalog, Function<UUID, References> references) {
    this.catalog = catalog;
    this.references = references;
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
    JsonNode sortKeys = settings.path("sort_keys");
    for (int i = 0; i < sortKeys.size(); i++) {
      if (!sortKeys.get(i).isTextual()) {
        violations.add("settings.sort_keys." + i, "Not a valid string.");
      }
    }
    TableRef table =
        new TableRef(
            project.id(),
            project.name(),
            before.map(CatalogObject::id).orElse(NO_TABLE),
            given.path("name").asText());
    References known = references.apply(project.organization());
    List<AutoingestEntry> entries = AutoingestEntry.of(settings);
    for (int i = 0; i < entries.size(); i++) {
      autoingest(table, known, entries.get(i), "settings.autoingest." + i, violations);
    }
  }

  private static void autoingest(
      TableRef table,
      References known,
      AutoingestEntry entry,
      String pointer,
      Violations violations) {
    try {
      Pattern unused = entry.pattern();
    } catch (PatternSyntaxException e) {
      violations.add(
          pointer + ".pattern", "Not a valid regular expression: " + e.getMessage() + ".");
    }
    for (String field : List.of("source_credential_id", "bucket_credential_id")) {
      String id = entry.json().path(field).asText("");
      if (entry.json().hasNonNull(field)
          && Requests.uuid(id).flatMap(known::credential).isEmpty()) {
        violations.add(pointer + "." + field, "Credential " + id + " was not found.");
      }
    }
    if (entry.enabled()) {
      entry.problems(known).forEach(problem -> violations.add(pointer + ".source", problem));
      ChosenTransform.of(known, table, entry.transform(), Optional.empty())
          .reasons()
          .forEach(reason -> violations.add(pointer + ".transform", reason));
    }
  }
}

package io.penstock.control.dialect.polaris;

import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The table that a job writes to. Pure.
 *
 * @param table absent, with a problem, if there is none and none is to be made
 * @param isNew whether it is to be made
 * @param columns that it has already
 * @param partitioning of the job's output; absent, with a problem, if that is wrong
 */
record Target(
    Optional<TableRef> table,
    boolean isNew,
    TableSettings settings,
    Map<String, ColumnType> columns,
    Optional<Partitioning> partitioning) {

  static Target read(Fields body, CatalogObject project, UUID newTableId, References references) {
    Fields target = body.object("target", true);
    target.allowOnly(Set.of("type", "tableName", "intervals"));
    if (target.requiredText("type").filter(type -> !type.equals("table")).isPresent()) {
      target.bad("type", "type must be table.");
    }
    Optional<String> name = target.requiredText("tableName");
    boolean create = body.truth("createTableIfNotExists", false);
    Optional<CatalogObject> existing = name.flatMap(references::table);
    if (name.isPresent() && existing.isEmpty()) {
      if (create) {
        TableName.check(target, "tableName", name.get());
      } else {
        target.bad(
            "tableName",
            "There is no table \"%s\". Make it, or set createTableIfNotExists."
                .formatted(name.get()));
      }
    }
    Optional<Partitioning> wanted = partitioning(body);
    TableSettings settings =
        existing
            .map(TableSettings::of)
            .orElseGet(() -> TableSettings.plain(wanted.orElse(Partitioning.DAY)));
    Optional<UUID> id = existing.map(CatalogObject::id).or(() -> Optional.of(newTableId));
    return new Target(
        name.map(text -> new TableRef(project.id(), project.name(), id.orElseThrow(), text)),
        existing.isEmpty(),
        settings,
        existing.map(references::columns).orElse(Map.of()),
        body.has("partitionedBy") ? wanted : Optional.of(settings.partitioning()));
  }

  /** What a column of the name is in the table; empty if there is none. */
  Optional<ColumnType> typeOf(String column) {
    if (columns.containsKey(column)) {
      return Optional.of(columns.get(column));
    }
    return InputType.of(settings.declared(column).path("dataType").asText())
        .map(InputType::type)
        .map(ValueType::columnType);
  }

  private static Optional<Partitioning> partitioning(Fields body) {
    Optional<Partitioning> wanted =
        body.choice("partitionedBy", Partitioning.NAMES).flatMap(Partitioning::of);
    if (wanted.filter(one -> one == Partitioning.SECOND).isPresent()) {
      body.unsupported("partitionedBy", "Files of one second are not supported. Use minute.");
    }
    return wanted;
  }
}

package io.penstock.control.export;

import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The catalog's tables. What Iceberg does not know of a table is what its last job wrote: which
 * text is JSON, and which time is the rows'. Thread-safe.
 */
public final class CatalogModels implements ExportModels {
  private final Catalog catalog;
  private final TableContents contents;
  private final Jobs jobs;

  public CatalogModels(Catalog catalog, TableContents contents, Jobs jobs) {
    this.catalog = catalog;
    this.contents = contents;
    this.jobs = jobs;
  }

  @Override
  public Optional<ExportModel> find(UUID organization, UUID project, String name) {
    Optional<CatalogObject> table = catalog.named(organization, Kind.TABLE, project, name);
    return table.flatMap(one -> catalog.table(one.id())).map(ref -> model(organization, ref));
  }

  private ExportModel model(UUID organization, TableRef table) {
    Map<String, ColumnType> stored = contents.columns(table);
    Optional<TransformSpec> transform =
        jobs.newest(organization, table.tableId()).map(job -> job.definition().transform());
    Set<String> json = new HashSet<>();
    for (ColumnSpec column : transform.map(TransformSpec::columns).orElse(List.of())) {
      if (column.type() == ColumnType.JSON) {
        json.add(column.name());
      }
    }
    List<ExportModel.Column> columns = new ArrayList<>();
    stored.forEach(
        (name, type) ->
            columns.add(
                new ExportModel.Column(
                    name, json.contains(name) ? ColumnType.JSON : type, true, true)));
    Optional<String> time =
        transform
            .map(TransformSpec::timeColumn)
            .or(
                () ->
                    stored.entrySet().stream()
                        .filter(column -> column.getValue() == ColumnType.TIMESTAMP)
                        .map(Map.Entry::getKey)
                        .findFirst());
    return new ExportModel(table, columns, time);
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.Partition;
import io.penstock.control.catalog.TableContents;
import io.penstock.spec.ColumnType;
import java.util.List;
import java.util.Map;

/** Tables as the product shows them, in whatever dialect they were made. */
final class TableView {
  private final CatalogObject project;
  private final TableContents contents;

  TableView(CatalogObject project, TableContents contents) {
    this.project = project;
    this.contents = contents;
  }

  ObjectNode summary(CatalogObject table) {
    ObjectNode json = full(table);
    json.remove(List.of("schema", "queryableSchema", "clusteringColumns", "timeResolution"));
    return json;
  }

  ObjectNode full(CatalogObject table) {
    ObjectNode json = TableSettings.of(table).json().deepCopy();
    json.put("name", table.name());
    json.put("id", table.id().toString());
    json.put("availability", "available");
    table.description().ifPresent(text -> json.put("description", text));
    json.put("createdOnTimestamp", PolarisJobJson.timestamp(table.createdAt()));
    json.put("modifiedOnTimestamp", PolarisJobJson.timestamp(table.modifiedAt()));
    if (!json.has("clusteringColumns")) {
      json.putArray("clusteringColumns");
    }
    queryable(json.putArray("queryableSchema"), table, TableSettings.of(table));
    List<Partition> files = contents.partitions(CatalogReferences.ref(project, table));
    long bytes = files.stream().mapToLong(Partition::storedBytes).sum();
    json.put("segmentCount", files.size());
    json.put("segmentTotalBytes", bytes);
    json.put("totalDataSizeBytes", bytes);
    json.put("precachedDataSizeBytes", bytes);
    json.put("totalRows", files.stream().mapToLong(Partition::rows).sum());
    return json;
  }

  /** What is declared, and what jobs have added to it. */
  private void queryable(ArrayNode columns, CatalogObject table, TableSettings settings) {
    Map<String, ColumnType> stored = contents.columns(CatalogReferences.ref(project, table));
    add(columns, DruidExpressions.TIME, "timestamp");
    for (JsonNode column : settings.schema()) {
      String name = column.path("name").asText();
      if (!name.equals(DruidExpressions.TIME)) {
        add(columns, name, column.path("dataType").asText());
      }
      stored.remove(name);
    }
    stored.remove(DruidExpressions.TIME);
    if (settings.aggregate() && settings.declared(Mappings.COUNT).isMissingNode()) {
      add(columns, Mappings.COUNT, "long");
      stored.remove(Mappings.COUNT);
    }
    stored.forEach((name, type) -> add(columns, name, InputType.nameOf(type)));
  }

  private static void add(ArrayNode columns, String name, String type) {
    columns.addObject().put("name", name).put("dataType", type).put("isDiscovered", false);
  }
}

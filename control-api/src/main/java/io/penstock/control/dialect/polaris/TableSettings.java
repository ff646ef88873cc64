package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Principal;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table's document says in this dialect; a table that was made in another one is a detail
 * table by the day. Pure.
 *
 * @param json as a request would bring it, with version and users
 */
record TableSettings(ObjectNode json) {
  private static final String KEY = "polaris";

  static TableSettings of(CatalogObject table) {
    return Requests.parse(table.document()).path(KEY) instanceof ObjectNode settings
        ? new TableSettings(settings)
        : plain(Partitioning.DAY);
  }

  /** A flexible detail table without columns. */
  static TableSettings plain(Partitioning partitioning) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "detail").put("version", 0);
    json.putArray("schema");
    json.put("schemaMode", "flexible");
    json.put("partitioningGranularity", partitioning.wireName());
    return new TableSettings(json);
  }

  /** The same of an aggregate table. */
  TableSettings aggregate(TimeResolution resolution) {
    ObjectNode more = json.deepCopy();
    more.put("type", "aggregate").put("timeResolution", resolution.wireName());
    return new TableSettings(more);
  }

  TableSettings clustered(List<String> columns) {
    ObjectNode more = json.deepCopy();
    columns.forEach(more.putArray("clusteringColumns")::add);
    return new TableSettings(more);
  }

  /**
   * With the columns of a transform that it does not declare, so that later jobs know what each is.
   */
  TableSettings declaring(TransformSpec transform) {
    ObjectNode more = json.deepCopy();
    for (ColumnSpec column : transform.columns()) {
      if (!column.name().equals(DruidExpressions.TIME) && declared(column.name()).isMissingNode()) {
        boolean measure = transform.rollup().flatMap(r -> r.of(column.name())).isPresent();
        ((ArrayNode) more.path("schema"))
            .addObject()
            .put("type", measure ? "measure" : "dimension")
            .put("name", column.name())
            .put("dataType", InputType.nameOf(column.type()));
      }
    }
    return new TableSettings(more);
  }

  /** The same, changed by somebody. */
  TableSettings next(Principal modified) {
    return after(this, modified);
  }

  /** As what is to be of a table that has been something else, by somebody. */
  TableSettings after(TableSettings before, Principal modified) {
    ObjectNode more = json.deepCopy();
    more.put("version", before.json.path("version").asLong() + 1);
    if (before.json.has("createdByUser")) {
      more.set("createdByUser", before.json.get("createdByUser"));
    }
    more.set("modifiedByUser", PolarisJobJson.principal(modified));
    return new TableSettings(more);
  }

  TableSettings by(Principal created, Principal modified) {
    ObjectNode more = json.deepCopy();
    more.set("createdByUser", PolarisJobJson.principal(created));
    more.set("modifiedByUser", PolarisJobJson.principal(modified));
    return new TableSettings(more);
  }

  /** What the catalog is to keep of a new table. */
  String document() {
    return document("{}");
  }

  /**
   * What the catalog is to keep.
   *
   * @param before what it has kept, of other dialects too
   */
  String document(String before) {
    ObjectNode document = ((ObjectNode) Requests.parse(before)).deepCopy();
    document.set(KEY, json);
    return document.toString();
  }

  Partitioning partitioning() {
    return Partitioning.of(json.path("partitioningGranularity").asText()).orElse(Partitioning.DAY);
  }

  boolean aggregate() {
    return json.path("type").asText().equals("aggregate");
  }

  /** Of aggregate tables. */
  TimeResolution timeResolution() {
    return TimeResolution.of(json.path("timeResolution").asText())
        .orElse(TimeResolution.MILLISECOND);
  }

  /** By which rows are in order within a file. */
  List<String> clusteringColumns() {
    List<String> columns = new ArrayList<>();
    json.path("clusteringColumns").forEach(column -> columns.add(column.asText()));
    return columns;
  }

  /** How a column is declared; missing if it is not. */
  JsonNode declared(String column) {
    for (JsonNode one : schema()) {
      if (one.path("name").asText().equals(column)) {
        return one;
      }
    }
    return MissingNode.getInstance();
  }

  boolean strict() {
    return json.path("schemaMode").asText().equals("strict");
  }

  /** The declared columns, name and type. */
  JsonNode schema() {
    return json.path("schema");
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Principal;

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

  TableSettings by(Principal created, Principal modified) {
    ObjectNode more = json.deepCopy();
    more.set("createdByUser", PolarisJobJson.principal(created));
    more.set("modifiedByUser", PolarisJobJson.principal(modified));
    return new TableSettings(more);
  }

  /** What the catalog is to keep. */
  String document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set(KEY, json);
    return document.toString();
  }

  Partitioning partitioning() {
    return Partitioning.of(json.path("partitioningGranularity").asText()).orElse(Partitioning.DAY);
  }

  boolean aggregate() {
    return json.path("type").asText().equals("aggregate");
  }

  boolean strict() {
    return json.path("schemaMode").asText().equals("strict");
  }

  /** The declared columns, name and type. */
  JsonNode schema() {
    return json.path("schema");
  }
}

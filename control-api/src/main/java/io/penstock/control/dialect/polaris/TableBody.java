package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.spec.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A table as it is asked for. Pure. */
record TableBody(String name, Optional<String> description, TableSettings settings) {
  private static final int MAX_DESCRIPTION = 1_000;
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "type",
          "version",
          "schema",
          "schemaMode",
          "partitioningGranularity",
          "clusteringColumns",
          "timeResolution",
          "description",
          // Of replies: ignored.
          "id",
          "availability",
          "createdByUser",
          "createdOnTimestamp",
          "modifiedByUser",
          "modifiedOnTimestamp",
          "queryableSchema",
          "segmentCount",
          "segmentTotalBytes",
          "totalDataSizeBytes",
          "precachedDataSizeBytes",
          "totalRows");

  /** Of a table that is to be made. */
  static TableBody read(JsonNode body, Problems problems) {
    Fields fields = new Fields(body, "", problems);
    if (fields.has("version")) {
      fields.bad("version", "version must not be sent when a table is made.");
    }
    return read(fields);
  }

  /**
   * Of a table that is there.
   *
   * @param stored the columns that have data
   */
  static TableBody change(
      JsonNode body, CatalogObject table, Map<String, ColumnType> stored, Problems problems) {
    Fields fields = new Fields(body, "", problems);
    TableBody changed = read(fields);
    TableSettings before = TableSettings.of(table);
    if (!fields.has("version")) {
      fields.bad("version", "version is required: the one that is changed.");
    }
    if (!changed.name().isEmpty() && !changed.name().equals(table.name())) {
      fields.bad("name", "The name of a table cannot be changed.");
    }
    if (fields.has("type") && changed.settings().aggregate() != before.aggregate()) {
      fields.bad("type", "The type of a table cannot be changed.");
    }
    TableSchema.checkChange(fields, before, changed.settings(), stored);
    return changed;
  }

  private static TableBody read(Fields fields) {
    fields.allowOnly(KNOWN);
    Optional<String> name = fields.requiredText("name");
    name.ifPresent(text -> TableName.check(fields, "name", text));
    boolean aggregate =
        fields
            .requiredChoice("type", List.of("detail", "aggregate"))
            .filter("aggregate"::equals)
            .isPresent();
    Partitioning partitioning = partitioning(fields);
    Optional<String> description = fields.text("description");
    if (description.filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
      fields.bad("description", "description must have at most 1000 characters.");
    }
    TableSettings settings = TableSettings.plain(partitioning);
    if (aggregate) {
      settings = settings.aggregate(resolution(fields, partitioning));
    } else if (fields.has("timeResolution")) {
      fields.bad("timeResolution", "timeResolution is of aggregate tables only.");
    }
    ObjectNode json = settings.json();
    fields
        .choice("schemaMode", List.of("flexible", "strict"))
        .ifPresent(mode -> json.put("schemaMode", mode));
    json.set("schema", TableSchema.read(fields, aggregate));
    TableSettings declared = new TableSettings(json);
    return new TableBody(
        name.orElse(""), description, declared.clustered(clustering(fields, declared)));
  }

  private static Partitioning partitioning(Fields fields) {
    Optional<Partitioning> partitioning =
        fields.choice("partitioningGranularity", Partitioning.NAMES).flatMap(Partitioning::of);
    if (partitioning.filter(one -> one == Partitioning.SECOND).isPresent()) {
      fields.unsupported(
          "partitioningGranularity", "Files of one second are not supported. Use minute.");
    }
    return partitioning.orElse(Partitioning.DAY);
  }

  private static TimeResolution resolution(Fields fields, Partitioning partitioning) {
    TimeResolution resolution =
        fields
            .choice("timeResolution", TimeResolution.NAMES)
            .flatMap(TimeResolution::of)
            .orElse(TimeResolution.MILLISECOND);
    if (!resolution.fits(partitioning)) {
      fields.bad(
          "timeResolution",
          "The time resolution %s does not fit into %s partitioning."
              .formatted(resolution.wireName(), partitioning.wireName()));
    }
    return resolution;
  }

  private static List<String> clustering(Fields fields, TableSettings settings) {
    List<String> columns = fields.texts("clusteringColumns");
    if (columns.stream().distinct().count() < columns.size()) {
      fields.bad("clusteringColumns", "clusteringColumns must not name a column twice.");
    }
    for (int i = 0; i < columns.size(); i++) {
      String field = "clusteringColumns[" + i + "]";
      JsonNode declared = settings.declared(columns.get(i));
      boolean known = !declared.isMissingNode() || columns.get(i).equals(DruidExpressions.TIME);
      if (declared.path("type").asText().equals("measure")) {
        fields.bad(field, "Rows are not sorted by a measure.");
      } else if (!known && (settings.aggregate() || settings.strict())) {
        fields.bad(field, "The table declares no column \"" + columns.get(i) + "\".");
      }
    }
    return columns;
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.expression.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A table as it is asked for. Pure. */
record TableBody(String name, Optional<String> description, TableSettings settings) {
  private static final int MAX_DESCRIPTION = 1_000;
  private static final int MAX_COLUMNS = 1_000;
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

  static TableBody read(JsonNode body, Problems problems) {
    Fields fields = new Fields(body, "", problems);
    fields.allowOnly(KNOWN);
    Optional<String> name = fields.requiredText("name");
    name.ifPresent(text -> TableName.check(fields, "name", text));
    Optional<String> type = fields.requiredChoice("type", List.of("detail", "aggregate"));
    if (type.filter("aggregate"::equals).isPresent()) {
      fields.unsupported("type", "Aggregate tables are not supported. Use detail.");
    } else if (fields.has("timeResolution")) {
      fields.bad("timeResolution", "timeResolution is of aggregate tables only.");
    }
    if (fields.has("version")) {
      fields.bad("version", "version must not be sent when a table is made.");
    }
    Optional<Partitioning> partitioning =
        fields.choice("partitioningGranularity", Partitioning.NAMES).flatMap(Partitioning::of);
    if (partitioning.filter(one -> one == Partitioning.SECOND).isPresent()) {
      fields.unsupported(
          "partitioningGranularity", "Files of one second are not supported. Use minute.");
    }
    if (!fields.texts("clusteringColumns").isEmpty()) {
      fields.unsupported("clusteringColumns", "Rows are not sorted within files. Leave it out.");
    }
    Optional<String> description = fields.text("description");
    if (description.filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
      fields.bad("description", "description must have at most 1000 characters.");
    }
    ObjectNode json = TableSettings.plain(partitioning.orElse(Partitioning.DAY)).json();
    fields
        .choice("schemaMode", List.of("flexible", "strict"))
        .ifPresent(mode -> json.put("schemaMode", mode));
    schema(fields, json.putArray("schema"));
    return new TableBody(name.orElse(""), description, new TableSettings(json));
  }

  private static void schema(Fields fields, ArrayNode schema) {
    Set<String> names = new HashSet<>();
    List<Fields> columns = fields.objects("schema", false);
    if (columns.size() > MAX_COLUMNS) {
      fields.bad("schema", "schema must have at most " + MAX_COLUMNS + " columns.");
    }
    for (Fields column : columns) {
      column.allowOnly(Set.of("name", "dataType"));
      Optional<String> name = column.requiredText("name");
      Optional<String> given = column.requiredText("dataType");
      Optional<InputType> type = given.flatMap(InputType::of);
      if (given.isPresent() && type.isEmpty() && InputType.SPECIAL.contains(given.get())) {
        column.unsupported("dataType", given.get() + " is not supported. Use string.");
      } else if (given.isPresent() && type.isEmpty()) {
        column.bad(
            "dataType",
            "Unknown data type \"%s\".%s"
                .formatted(given.get(), NearestName.hint(given.get(), InputType.allNames())));
      }
      name.ifPresent(text -> check(column, text, type, names));
      if (name.isPresent() && type.isPresent()) {
        schema.addObject().put("name", name.get()).put("dataType", type.get().wireName());
      }
    }
  }

  private static void check(
      Fields column, String name, Optional<InputType> type, Set<String> names) {
    boolean isTime = name.equals(DruidExpressions.TIME);
    if (name.isEmpty() || (name.startsWith("__") && !isTime)) {
      column.bad("name", "A column's name must not be empty, nor begin with __ but for __time.");
    }
    if (!names.add(name)) {
      column.bad("name", "The column \"" + name + "\" is declared twice.");
    }
    if (type.isEmpty()) {
      return;
    }
    boolean timestamp = type.get() == InputType.TIMESTAMP;
    if (timestamp != isTime) {
      column.bad("dataType", "Exactly __time is of type timestamp.");
    } else if (!timestamp && (type.get().type().isEmpty() || type.get() == InputType.FLOAT)) {
      column.unsupported(
          "dataType",
          type.get().wireName() + " cannot be stored. Use string, long, double or json.");
    }
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.JobDefinition;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.RecordFormat;
import java.util.Optional;

/** The create request nearest to a job that was made in another dialect. Pure. */
final class ForeignJob {
  private ForeignJob() {}

  static ObjectNode spec(JobDefinition definition, Optional<String> connectionName) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.put("type", "batch");
    spec.putObject("target").put("type", "table").put("tableName", definition.table().tableName());
    spec.set("source", source(definition, connectionName));
    spec.set("mappings", mappings(definition));
    spec.put("ingestionMode", "append");
    return spec;
  }

  private static ObjectNode source(JobDefinition definition, Optional<String> connectionName) {
    JobDefinition.Source source = definition.source();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "s3");
    json.put("connectionName", connectionName.orElse(source.bucket()));
    ObjectSelection selection = source.selection();
    if (selection instanceof ObjectSelection.Prefix prefix) {
      json.putArray("prefixes").add(prefix.prefix());
    } else if (selection instanceof ObjectSelection.ObjectOrFolder named) {
      json.putArray("uris").add(source.urlScheme() + "://" + source.bucket() + "/" + named.key());
    } else if (selection instanceof ObjectSelection.Objects objects) {
      ArrayNode keys = json.putArray("objects");
      objects.keys().forEach(keys::add);
    }
    boolean csv = definition.transform().format() instanceof RecordFormat.Csv;
    json.putObject("formatSettings").put("format", csv ? "csv" : "nd-json");
    ArrayNode schema = json.putArray("inputSchema");
    for (ColumnSpec column : definition.transform().columns()) {
      schema.addObject().put("name", field(column)).put("dataType", dataType(column));
    }
    return json;
  }

  private static ArrayNode mappings(JobDefinition definition) {
    ArrayNode mappings = JsonNodeFactory.instance.arrayNode();
    String time = definition.transform().timeColumn();
    for (ColumnSpec column : definition.transform().columns()) {
      boolean isTime = column.name().equals(time);
      String quoted = "\"" + field(column).replace("\"", "\"\"") + "\"";
      mappings
          .addObject()
          .put("columnName", isTime ? "__time" : column.name())
          .put("expression", quoted);
    }
    return mappings;
  }

  private static String field(ColumnSpec column) {
    return column.source() instanceof ColumnSource.Field field ? field.name() : column.name();
  }

  private static String dataType(ColumnSpec column) {
    return switch (column.type()) {
      case STRING -> "string";
      case BOOLEAN, INT32, INT64, UINT64 -> "long";
      case DOUBLE -> "double";
      case TIMESTAMP -> "timestamp";
      case JSON -> "json";
    };
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A create request without a mistake, and others that differ from it. */
final class SoundJob {
  static final String TEXT =
      """
      {'type': 'batch', 'target': {'type': 'table', 'tableName': 'rides'},
       'createTableIfNotExists': true, 'partitionedBy': 'hour', 'maxParseExceptions': 50,
       'source': {'type': 's3', 'connectionName': 'acme-raw', 'prefixes': ['rides/2024-06/'],
         'formatSettings': {'format': 'nd-json'},
         'inputSchema': [{'name': 'at', 'dataType': 'string'}, {'name': 'ms', 'dataType': 'long'},
           {'name': 'city', 'dataType': 'varchar'}, {'name': 'km', 'dataType': 'double'},
           {'name': 'f', 'dataType': 'float'}, {'name': 'ts', 'dataType': 'timestamp'},
           {'name': 'extra', 'dataType': 'json'}]},
       'mappings': [{'columnName': '__time', 'expression': 'TIME_PARSE(\\'at\\')'},
         {'columnName': 'city', 'expression': '\\'city\\''},
         {'columnName': 'distance', 'expression': 'km'},
         {'columnName': 'extra', 'expression': '\\'extra\\''}]}""";

  private SoundJob() {}

  static ObjectNode body() {
    return (ObjectNode) PolarisApi.parsed(TEXT);
  }

  /** The sound body with something put in the place of what a pointer leads to. */
  static String changed(String pointer, String value) {
    ObjectNode body = body();
    int last = pointer.lastIndexOf('/');
    JsonNode parent = body.at(pointer.substring(0, last));
    JsonNode json = PolarisApi.parsed(value);
    String name = pointer.substring(last + 1);
    if (parent instanceof ObjectNode object) {
      object.set(name, json);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(name), json);
    }
    return body.toString();
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.expression.NearestName;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns that a table declares. Pure. */
final class TableSchema {
  private static final int MAX_COLUMNS = 1_000;

  private final boolean aggregate;
  private final ArrayNode columns = JsonNodeFactory.instance.arrayNode();
  private final Set<String> names = new HashSet<>();

  private TableSchema(boolean aggregate) {
    this.aggregate = aggregate;
  }

  /**
   * Reads {@code schema}, with the names of types as they are usually written.
   *
   * @param aggregate whether each column is a dimension or a measure
   */
  static ArrayNode read(Fields table, boolean aggregate) {
    TableSchema schema = new TableSchema(aggregate);
    List<Fields> given = table.objects("schema", false);
    if (given.size() > MAX_COLUMNS) {
      table.bad("schema", "schema must have at most " + MAX_COLUMNS + " columns.");
    }
    given.forEach(schema::add);
    return schema.columns;
  }

  /** What has data stays what it is. */
  static void checkChange(
      Fields table, TableSettings before, TableSettings after, Map<String, ColumnType> stored) {
    for (int i = 0; i < after.schema().size(); i++) {
      JsonNode column = after.schema().get(i);
      String name = column.path("name").asText();
      Optional<ColumnType> type =
          InputType.of(column.path("dataType").asText())
              .map(InputType::type)
              .map(TableSchema::stored);
      if (stored.containsKey(name) && !type.equals(Optional.of(stored.get(name)))) {
        table.bad(
            "schema[" + i + "].dataType",
            "Column \"%s\" has data of type %s."
                .formatted(name, InputType.nameOf(stored.get(name))));
      }
      String kind = before.declared(name).path("type").asText();
      if (stored.containsKey(name) && !kind.equals(column.path("type").asText())) {
        table.bad("schema[" + i + "].type", "Column \"%s\" is a %s.".formatted(name, kind));
      }
    }
    for (JsonNode column : before.aggregate() ? before.schema() : List.<JsonNode>of()) {
      String name = column.path("name").asText();
      if (stored.containsKey(name) && after.declared(name).isMissingNode()) {
        table.bad("schema", "Column \"" + name + "\" has data and must stay.");
      }
    }
  }

  /** JSON is text there. */
  private static ColumnType stored(ValueType type) {
    ColumnType column = type.columnType();
    return column == ColumnType.JSON ? ColumnType.STRING : column;
  }

  private void add(Fields column) {
    column.allowOnly(aggregate ? Set.of("type", "name", "dataType") : Set.of("name", "dataType"));
    Optional<String> kind =
        aggregate
            ? column.requiredChoice("type", List.of("dimension", "measure"))
            : Optional.empty();
    Optional<String> name = column.requiredText("name");
    Optional<InputType> type = type(column);
    name.ifPresent(text -> check(column, text, type));
    kind.ifPresent(text -> checkKind(column, text, type));
    if (name.isPresent() && type.isPresent()) {
      ObjectNode json = columns.addObject();
      kind.ifPresent(text -> json.put("type", text));
      json.put("name", name.get()).put("dataType", type.get().wireName());
    }
  }

  private static Optional<InputType> type(Fields column) {
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
    return type;
  }

  private void check(Fields column, String name, Optional<InputType> type) {
    boolean isTime = name.equals(DruidExpressions.TIME);
    boolean isCount = aggregate && name.equals(Mappings.COUNT);
    if (name.isEmpty() || (name.startsWith("__") && !isTime && !isCount)) {
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
    } else if (!timestamp && (type.get().type().isArray() || type.get() == InputType.FLOAT)) {
      column.unsupported(
          "dataType",
          type.get().wireName() + " cannot be stored. Use string, long, double or json.");
    }
  }

  private static void checkKind(Fields column, String kind, Optional<InputType> type) {
    boolean number =
        type.filter(one -> one == InputType.LONG || one == InputType.DOUBLE).isPresent();
    if (kind.equals("measure") && type.isPresent() && !number) {
      column.bad("dataType", "A measure is of type long or double.");
    } else if (kind.equals("dimension") && type.filter(one -> one == InputType.JSON).isPresent()) {
      column.bad("dataType", "Rows cannot be combined by a column of type json. Use string.");
    }
  }
}

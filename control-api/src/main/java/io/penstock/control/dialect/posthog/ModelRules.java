package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.NumberedProject;
import io.penstock.control.export.DataInterval;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportModel;
import io.penstock.control.export.ExportQueries;
import io.penstock.control.export.Placeholders;
import io.penstock.control.expression.SelectParser;
import io.penstock.control.expression.Selected;
import io.penstock.control.job.TableRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an export may be of, in a project: tables, queries and filters. */
final class ModelRules {
  private static final String QUERY = "hogql_query";
  private static final String FILTERS = "filters";
  private static final String ONLY =
      "Only {data_interval_start} and {data_interval_end} are supported in batch export queries";
  private static final List<String> TYPES = List.of("event", "hogql", "person");

  /** Any interval is as good as another to find out whether a query makes sense. */
  private static final DataInterval SOME =
      DataInterval.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));

  private final PosthogDialect.Ports ports;
  private final NumberedProject project;

  ModelRules(PosthogDialect.Ports ports, NumberedProject project) {
    this.ports = ports;
    this.project = project;
  }

  Optional<ExportModel> table(String model) {
    return ports.models().find(project.organization(), project.id(), model);
  }

  DestinationRules destinationRules(Optional<ExportModel> table) {
    return new DestinationRules(
        project.id(),
        table,
        ports.integrations(),
        ports.endpoints(),
        ports.export().rules().inlineKeys(),
        ports.secrets());
  }

  /** A query that says itself which table it is of. */
  void checkFree(Optional<String> query) {
    if (query.isEmpty()) {
      throw refused("'hogql_query' is required when 'model' is 'hogql'");
    }
    for (String name : Placeholders.names(query.get())) {
      if (name.equals("filters") || !name.matches("[A-Za-z_][A-Za-z_0-9]*")) {
        throw refused("Unsupported placeholder. " + ONLY);
      }
      if (!name.equals(Placeholders.START) && !name.equals(Placeholders.END)) {
        throw refused("Unknown placeholder '{" + name + "}'. " + ONLY);
      }
    }
    String filled = ExportQueries.filled(query.get(), SOME);
    String name =
        SelectParser.tableOf(filled)
            .orElseThrow(() -> free(ExportQueries.parse(nothing(), filled)));
    ExportModel table =
        table(name).orElseThrow(() -> refused("Invalid HogQL query: Unknown table '" + name + "'"));
    Selected selected = ExportQueries.parse(table, filled);
    if (selected instanceof Selected.Refused) {
      throw free(selected);
    }
    refuseFields((Selected.Valid) selected, table);
  }

  private ExportModel nothing() {
    return new ExportModel(
        new TableRef(project.id(), project.name(), project.id(), "one table"),
        List.of(),
        Optional.empty());
  }

  private static PosthogError free(Selected selected) {
    Selected.Refused refused = (Selected.Refused) selected;
    return switch (refused.reason()) {
      case SYNTAX -> refused("Failed to parse HogQL query: " + refused.what());
      case NO_ALIAS, UNKNOWN_FIELD, UNKNOWN_FUNCTION, INVALID, AGGREGATION ->
          refused(text(refused));
      default ->
          refused("Invalid HogQL query: Only a SELECT from one table is supported by this server");
    };
  }

  void checkProjection(String query, ExportModel table) {
    Selected selected = ExportQueries.parse(table, query);
    if (selected instanceof Selected.Refused refused) {
      throw refused(text(refused));
    }
    refuseFields((Selected.Valid) selected, table);
  }

  private static PosthogError refused(String detail) {
    return PosthogError.invalid(QUERY, detail);
  }

  private static String text(Selected.Refused refused) {
    String what = refused.what();
    return switch (refused.reason()) {
      case SYNTAX -> "Failed to parse query";
      case UNION -> "UNIONs are not supported";
      case NO_TABLE -> "Query must SELECT FROM " + what;
      case WITH -> "CTEs are not supported";
      case FROM_SUBQUERY -> "Subqueries are not supported";
      case JOIN -> "JOINs are not supported";
      case OTHER_TABLE -> "Query must only SELECT FROM " + what;
      case SUBQUERY -> "Subqueries in SELECT expressions are not supported";
      case AGGREGATION -> "Invalid HogQL query: Aggregation, ordering and limits are not supported";
      case UNKNOWN_FIELD -> "Invalid HogQL query: Unable to resolve field: " + what;
      case UNKNOWN_FUNCTION -> "Invalid HogQL query: Unsupported function call: " + what;
      case NO_ALIAS ->
          "Every column in the SELECT clause must be a field or have an alias"
              + " (e.g. `count() AS event_count`)";
      case INVALID -> "Invalid HogQL query: " + what;
    };
  }

  private static void refuseFields(Selected.Valid valid, ExportModel table) {
    List<String> closed =
        valid.fields().stream()
            .filter(name -> !table.column(name).orElseThrow().exportable())
            .sorted()
            .toList();
    if (!closed.isEmpty()) {
      List<String> open =
          table.columns().stream()
              .filter(ExportModel.Column::exportable)
              .map(ExportModel.Column::name)
              .sorted()
              .toList();
      throw refused(
          "Batch exports cannot read these fields: %s. Supported fields are: %s."
              .formatted(String.join(", ", closed), String.join(", ", open)));
    }
  }

  void checkFilters(JsonNode filters, String model, Optional<ExportModel> table) {
    if (!filters.isArray()) {
      throw filter("'filters' should be an array of filters");
    }
    for (JsonNode filter : filters) {
      if (!filter.isObject()) {
        throw filter("Each filter must be an object");
      }
      String key = filter.path("key").asText();
      for (String bound : List.of(Placeholders.START, Placeholders.END)) {
        if (filter.has(bound) || key.equals(bound)) {
          throw filter(
              "The interval is chosen by a backfill, not 'filters'. Trigger a backfill instead.");
        }
      }
      if (!TYPES.contains(filter.path("type").asText())) {
        throw filter("Each filter must have a 'type' of one of: 'event', 'hogql', 'person'");
      }
    }
    if (model.equals(Export.FREE_QUERY) && !filters.isEmpty()) {
      throw filter("'filters' is only supported for 'events' not 'hogql' model");
    }
    Optional<String> trouble = table.flatMap(one -> ExportQueries.trouble(one, filters.toString()));
    if (trouble.isPresent()) {
      throw filter("Unsupported filter: " + trouble.get());
    }
  }

  private static PosthogError filter(String detail) {
    return PosthogError.invalid(FILTERS, detail);
  }

  /** What a projection is of; null for exports without one. */
  JsonNode schema(Export export) {
    Optional<ExportModel> table = table(export.model());
    if (export.query().isEmpty() || table.isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (!(ExportQueries.parse(table.get(), export.query().get()) instanceof Selected.Valid valid)) {
      return JsonNodeFactory.instance.nullNode();
    }
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode fields = schema.putArray("fields");
    for (Selected.Item item : valid.items()) {
      fields.addObject().put("expression", item.text()).put("alias", item.alias());
    }
    schema.putObject("values");
    return schema.put(QUERY, export.query().get().strip().replaceAll("\\s+", " "));
  }
}

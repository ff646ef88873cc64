package io.penstock.control.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.expression.Selected;
import io.penstock.spec.ColumnType;
import io.penstock.spec.SpecJson;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Filters of an export: all of them have to be true of a row. Pure. */
final class RowFilters {
  private static final String PROPERTIES = "properties";
  private static final String PERSON_PROPERTIES = "person_properties";

  private RowFilters() {}

  /**
   * @throws IllegalArgumentException with a sentence if a filter makes no sense for the model
   */
  static Optional<Expression> condition(ExportModel model, String json) {
    List<Expression> all = new ArrayList<>();
    JsonNode filters = SpecJson.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    for (JsonNode filter : filters) {
      all.add(one(model, filter));
    }
    return all.stream().reduce((a, b) -> FilterOperators.call(ScalarFunction.AND, a, b));
  }

  private static Expression one(ExportModel model, JsonNode filter) {
    String key = filter.path("key").asText();
    String type = filter.path("type").asText();
    if (type.equals("hogql")) {
      Selected parsed = Selection.parser(model).parseCondition(key);
      if (parsed instanceof Selected.Valid valid) {
        return valid.condition().orElseThrow();
      }
      Selected.Refused refused = (Selected.Refused) parsed;
      throw new IllegalArgumentException(
          refused.what().isEmpty() ? refused.reason().toString() : refused.what());
    }
    Expression value =
        type.equals("person")
            ? key(model, PERSON_PROPERTIES, key)
            : column(model, key).orElseGet(() -> key(model, PROPERTIES, key));
    return FilterOperators.of(value, filter.path("operator").asText("exact"), filter.path("value"));
  }

  private static Optional<Expression> column(ExportModel model, String name) {
    return model.column(name).map(c -> input(model, c));
  }

  private static Expression input(ExportModel model, ExportModel.Column column) {
    int index = model.columns().indexOf(column);
    return new Expression.Input(index, Selection.schema(model).fields().get(index).type());
  }

  private static Expression key(ExportModel model, String column, String key) {
    ExportModel.Column json =
        model
            .column(column)
            .filter(c -> c.type() == ColumnType.JSON)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no column '%s', and no JSON column '%s'".formatted(key, column)));
    if (key.indexOf('\'') >= 0 || key.isEmpty()) {
      throw new IllegalArgumentException("'" + key + "' is no key");
    }
    return new Expression.Call(
        ScalarFunction.JSON_VALUE,
        List.of(input(model, json), FilterOperators.text("$['" + key + "']")),
        ValueType.VARCHAR);
  }

  /** Rows whose event is included, if any are, and not excluded. */
  static Optional<Expression> events(
      ExportModel model, List<String> include, List<String> exclude) {
    Optional<Expression> event = column(model, "event");
    List<Expression> all = new ArrayList<>();
    if (event.isPresent() && !include.isEmpty()) {
      all.add(FilterOperators.in(event.get(), include));
    }
    if (event.isPresent() && !exclude.isEmpty()) {
      all.add(
          FilterOperators.orNull(
              event.get(), FilterOperators.not(FilterOperators.in(event.get(), exclude))));
    }
    return all.stream().reduce((a, b) -> FilterOperators.call(ScalarFunction.AND, a, b));
  }
}

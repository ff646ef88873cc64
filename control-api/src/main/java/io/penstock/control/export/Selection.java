package io.penstock.control.export;

import io.penstock.control.expression.InputSchema;
import io.penstock.control.expression.SelectParser;
import io.penstock.control.expression.Selected;
import io.penstock.spec.export.ExportQuery;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a model's rows is exported, and which rows beside those of another time. Pure.
 *
 * @param outputs names and expressions on the model's columns
 */
record Selection(List<Selected.Item> outputs, Optional<Expression> condition) {
  Selection {
    outputs = List.copyOf(outputs);
  }

  static InputSchema schema(ExportModel model) {
    return new InputSchema(
        model.columns().stream()
            .map(c -> new InputSchema.Field(c.name(), ExportQuery.valueType(c.type())))
            .toList());
  }

  /** What is exported when nothing is selected. */
  static List<String> usual(ExportModel model) {
    return model.columns().stream()
        .filter(ExportModel.Column::byDefault)
        .map(ExportModel.Column::name)
        .toList();
  }

  static SelectParser parser(ExportModel model) {
    return new SelectParser(model.table().tableName(), schema(model), usual(model));
  }

  /** All of what is exported by default. */
  static Selection of(ExportModel model) {
    InputSchema schema = schema(model);
    List<Selected.Item> items = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      InputSchema.Field field = schema.fields().get(i);
      if (model.columns().get(i).byDefault()) {
        items.add(
            new Selected.Item(field.name(), field.name(), new Expression.Input(i, field.type())));
      }
    }
    return new Selection(items, Optional.empty());
  }

  static Selection of(Selected.Valid valid) {
    return new Selection(valid.items(), valid.condition());
  }

  /** Only rows for which the condition is true too. */
  Selection and(Optional<Expression> more) {
    if (more.isEmpty()) {
      return this;
    }
    return new Selection(
        outputs,
        Optional.of(
            condition
                .map(
                    one ->
                        (Expression)
                            new Expression.Call(
                                ScalarFunction.AND, List.of(one, more.get()), ValueType.BOOLEAN))
                .orElse(more.get())));
  }
}

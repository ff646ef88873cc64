package io.penstock.control.export;

import io.penstock.control.expression.SelectParser;
import io.penstock.control.expression.Selected;
import io.penstock.spec.S3Access;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportQuery;
import io.penstock.spec.export.ExportSpec;
import io.penstock.spec.export.TableColumn;
import io.penstock.spec.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the specification of an attempt of what its run was ordered to export. Thread-safe. */
public final class RunSpecs {
  private final ExportModels models;
  private final ExportTables tables;
  private final DestinationAccess access;
  private final Storage storage;

  public RunSpecs(
      ExportModels models, ExportTables tables, DestinationAccess access, Storage storage) {
    this.models = models;
    this.tables = tables;
    this.access = access;
    this.storage = storage;
  }

  /**
   * Where tables and job folders are.
   *
   * @param access with sealed credentials
   */
  public record Storage(S3Access access, String bucket, String jobsPrefix) {}

  /**
   * A specification, and what belongs to it.
   *
   * @param plan as the table is now; the frozen one is in the folder
   * @param manifest whether there is to be one
   * @param badPrefix the prefix, if it is no valid template
   * @param expectedRows that will be written; absent if that is not known before
   */
  record Made(
      ExportSpec spec,
      ExportPlan plan,
      boolean manifest,
      Optional<String> badPrefix,
      OptionalLong expectedRows) {}

  Made of(ExportRun run) throws RunException {
    RunOrder order = run.order().orElseThrow();
    TargetSettings target = new TargetSettings(order.destination());
    S3Access reached = access.of(order.project(), order.destination(), target);
    boolean free = order.model().equals(Export.FREE_QUERY);
    Optional<String> query =
        free
            ? order.query().map(text -> ExportQueries.filled(text, run.interval()))
            : order.query();
    String table = free ? query.flatMap(SelectParser::tableOf).orElse("") : order.model();
    ExportModel model =
        models
            .find(order.organization(), order.project(), table)
            .orElseThrow(
                () ->
                    RunException.user(
                        "TableNotFoundError", "There is no table '" + table + "' any more"));
    List<TableColumn> columns = columns(model);
    UsedColumns used = new UsedColumns(columns);
    Selection selection = selection(model, query, order, target);
    List<ExportQuery.Output> outputs = new ArrayList<>();
    for (Selected.Item item : selection.outputs()) {
      outputs.add(new ExportQuery.Output(item.alias(), used.renumbered(item.expression())));
    }
    Optional<Expression> condition = selection.condition().map(used::renumbered);
    List<Integer> partitionBy = new ArrayList<>();
    for (String name : target.partitionBy()) {
      partitionBy.add(used.number(index(model, name)));
    }
    Optional<ExportQuery.Interval> interval =
        free ? Optional.empty() : Optional.of(interval(run, model, used));
    ExportSpec spec =
        new ExportSpec(
            ExportSpec.VERSION,
            run.id(),
            order.title() + " " + RunText.of(run.interval()),
            run.attempt(),
            storage.access(),
            storage.bucket(),
            storage.jobsPrefix(),
            new ExportQuery(used.columns(), interval, condition, outputs),
            target.exportFormat(),
            new io.penstock.spec.export.Destination(
                reached,
                target.bucket(),
                KeyTemplate.names(target.prefix(), run.interval(), order.model(), target.suffix()),
                target.encryption(),
                target.maxFileBytes(),
                partitionBy));
    boolean valid =
        KeyTemplate.rendered(target.prefix(), run.interval(), order.model()).isPresent();
    ExportTables.Planned planned = plan(model, run, free);
    return new Made(
        spec,
        planned.plan(),
        target.manifest(),
        valid ? Optional.empty() : Optional.of(target.prefix()),
        condition.isPresent() ? OptionalLong.empty() : planned.rows());
  }

  private ExportTables.Planned plan(ExportModel model, ExportRun run, boolean free)
      throws RunException {
    try {
      return free
          ? tables.planAll(model.table())
          : tables.plan(
              model.table(), timeColumn(model), run.interval().start(), run.interval().end());
    } catch (IllegalStateException e) {
      throw RunException.user("InvalidQueryError", e.getMessage());
    }
  }

  private static String timeColumn(ExportModel model) throws RunException {
    return model
        .intervalColumn()
        .orElseThrow(
            () ->
                RunException.user(
                    "InvalidQueryError",
                    "Table '" + model.table().tableName() + "' has no column of its rows' times"));
  }

  private static ExportQuery.Interval interval(ExportRun run, ExportModel model, UsedColumns used)
      throws RunException {
    return new ExportQuery.Interval(
        used.number(index(model, timeColumn(model))), run.interval().start(), run.interval().end());
  }

  private static int index(ExportModel model, String column) throws RunException {
    for (int i = 0; i < model.columns().size(); i++) {
      if (model.columns().get(i).name().equals(column)) {
        return i;
      }
    }
    throw RunException.user("InvalidQueryError", "There is no column '" + column + "' any more");
  }

  /** The model's columns with the ids that the table's files know them by. */
  private List<TableColumn> columns(ExportModel model) throws RunException {
    List<TableColumn> stored = tables.columns(model.table());
    List<TableColumn> columns = new ArrayList<>();
    for (ExportModel.Column column : model.columns()) {
      columns.add(
          stored.stream()
              .filter(one -> one.name().equals(column.name()))
              .findFirst()
              .map(one -> new TableColumn(one.name(), one.fieldId(), column.type()))
              .orElseThrow(
                  () ->
                      RunException.user(
                          "InvalidQueryError",
                          "There is no column '" + column.name() + "' any more")));
    }
    return columns;
  }

  private static Selection selection(
      ExportModel model, Optional<String> query, RunOrder order, TargetSettings target)
      throws RunException {
    Selection selection = Selection.of(model);
    if (query.isPresent()) {
      Selected selected = ExportQueries.parse(model, query.get());
      if (selected instanceof Selected.Refused refused) {
        throw RunException.user("InvalidQueryError", refused.reason() + " " + refused.what());
      }
      selection = Selection.of((Selected.Valid) selected);
    }
    if (selection.outputs().isEmpty()) {
      throw RunException.user("InvalidQueryError", "There are no columns to export");
    }
    try {
      Optional<Expression> filters =
          order.filters().flatMap(json -> RowFilters.condition(model, json));
      return selection
          .and(filters)
          .and(RowFilters.events(model, target.includedEvents(), target.excludedEvents()));
    } catch (IllegalArgumentException e) {
      throw RunException.user("InvalidQueryError", String.valueOf(e.getMessage()));
    }
  }
}

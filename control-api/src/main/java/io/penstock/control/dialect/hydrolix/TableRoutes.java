package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Permission;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Optional;

/** {@code …/tables}. */
final class TableRoutes {
  static final String COLLECTION = ProjectRoutes.ITEM + "/tables";
  static final String ITEM = COLLECTION + "/{table}";

  private final CatalogObjects objects;
  private final TableRules rules;
  private final TableRemoval removal;

  TableRoutes(CatalogObjects objects, TableRules rules, TableRemoval removal) {
    this.objects = objects;
    this.rules = rules;
    this.removal = removal;
  }

  void add(RoutesConfig routes) {
    routes.get(COLLECTION, this::list);
    routes.post(COLLECTION, this::create);
    routes.options(COLLECTION, this::metadata);
    routes.get(ITEM, this::get);
    routes.put(ITEM, this::replace);
    routes.patch(ITEM, this::patch);
    routes.delete(ITEM, this::delete);
    routes.get(ITEM + "/activity", this::activity);
  }

  private void list(Context context) {
    Pages.answer(
        context,
        objects.list(context, Kind.TABLE, objects.parent(context, Kind.TABLE)).stream()
            .filter(table -> Gate.visible(context, table))
            .map(table -> json(context, table))
            .toList());
  }

  private void create(Context context) {
    CatalogObject made =
        objects.changing(
            context,
            () -> {
              CatalogObject project = objects.project(context);
              Violations violations = new Violations();
              ObjectNode given = objects.posted(context, Shapes.TABLE, violations);
              rules.check(project, Optional.empty(), given, violations);
              violations.refuse();
              return objects.insert(context, Kind.TABLE, project.id(), given, Optional.empty());
            });
    Requests.answer(context, 201, json(context, made));
  }

  private void metadata(Context context) {
    objects.project(context);
    Requests.answer(
        context,
        200,
        Gate.described(
            context, Permission.ADD_TABLE, CatalogJson.metadata("Table List", Shapes.TABLE)));
  }

  private void get(Context context) {
    Requests.answer(context, 200, json(context, objects.table(context)));
  }

  private void replace(Context context) {
    change(context, (before, violations) -> objects.put(context, before, Shapes.TABLE, violations));
  }

  private void patch(Context context) {
    change(
        context,
        (before, violations) -> objects.patched(context, before, Shapes.TABLE, violations));
  }

  private void change(Context context, Reading reading) {
    CatalogObject changed =
        objects.changing(
            context,
            () -> {
              CatalogObject project = objects.project(context);
              CatalogObject before = objects.table(context);
              Violations violations = new Violations();
              ObjectNode given = reading.read(before, violations);
              rules.check(project, Optional.of(before), given, violations);
              violations.refuse();
              CatalogObject after = objects.update(context, before, given);
              removal.renamed(project, before, after);
              return after;
            });
    Requests.answer(context, 200, json(context, changed));
  }

  private void delete(Context context) {
    objects.changing(
        context,
        () -> {
          CatalogObject table = objects.table(context);
          removal.table(objects.project(context), table, Requests.caller(context).principal());
          objects.delete(context, table);
          return table;
        });
    context.status(204);
  }

  private void activity(Context context) {
    CatalogObject table = objects.table(context);
    Pages.answer(context, CatalogJson.activity(table.organization(), objects.activity(table)));
  }

  private ObjectNode json(Context context, CatalogObject table) {
    ObjectNode json =
        CatalogJson.of(context, table, Shapes.TABLE, "projects/" + table.parent() + "/tables");
    JsonNode stream = json.path("settings").path("stream");
    if (stream.path("intake_head_url").asText().equals(TableSettings.INTAKE_URL)) {
      ((ObjectNode) stream)
          .put("intake_head_url", TableSettings.INTAKE_URL.replace("{host}", context.host()));
    }
    List<CatalogObject> transforms = objects.list(context, Kind.TRANSFORM, table.id());
    json.put("primary_key", TableColumns.primary(transforms).orElse(""));
    return json;
  }
}

package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Permission;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Optional;

/** {@code …/transforms}. */
final class TransformRoutes {
  static final String COLLECTION = TableRoutes.ITEM + "/transforms";
  static final String ITEM = COLLECTION + "/{transform}";

  private final CatalogObjects objects;

  TransformRoutes(CatalogObjects objects) {
    this.objects = objects;
  }

  void add(RoutesConfig routes) {
    routes.get(COLLECTION, this::list);
    routes.post(COLLECTION, this::create);
    routes.options(COLLECTION, this::metadata);
    routes.get(ITEM, this::get);
    routes.put(ITEM, this::replace);
    routes.delete(ITEM, this::delete);
  }

  private void list(Context context) {
    CatalogObject table = objects.table(context);
    Pages.answer(
        context,
        objects.list(context, Kind.TRANSFORM, table.id()).stream()
            .filter(transform -> Gate.visible(context, transform))
            .map(transform -> json(context, table, transform))
            .toList());
  }

  private void create(Context context) {
    ObjectNode made =
        objects.changing(
            context,
            () -> {
              CatalogObject table = objects.table(context);
              Violations violations = new Violations();
              ObjectNode given = objects.posted(context, Shapes.TRANSFORM, violations);
              List<CatalogObject> others = objects.list(context, Kind.TRANSFORM, table.id());
              check(table, given, others, violations);
              CatalogObject transform =
                  objects.insert(context, Kind.TRANSFORM, table.id(), given, Optional.empty());
              takeDefault(context, transform, others);
              return json(context, table, transform);
            });
    Requests.answer(context, 201, made);
  }

  private void metadata(Context context) {
    objects.table(context);
    Requests.answer(
        context,
        200,
        Gate.described(
            context,
            Permission.ADD_TRANSFORM,
            CatalogJson.metadata("Transform List", Shapes.TRANSFORM)));
  }

  private void get(Context context) {
    CatalogObject table = objects.table(context);
    Requests.answer(context, 200, json(context, table, found(context, table)));
  }

  private void replace(Context context) {
    ObjectNode changed =
        objects.changing(
            context,
            () -> {
              CatalogObject table = objects.table(context);
              CatalogObject before = found(context, table);
              Violations violations = new Violations();
              ObjectNode given = objects.put(context, before, Shapes.TRANSFORM, violations);
              List<CatalogObject> others =
                  objects.list(context, Kind.TRANSFORM, table.id()).stream()
                      .filter(one -> !one.id().equals(before.id()))
                      .toList();
              check(table, given, others, violations);
              CatalogObject after = objects.update(context, before, given);
              takeDefault(context, after, others);
              return json(context, table, after);
            });
    Requests.answer(context, 200, changed);
  }

  private void delete(Context context) {
    objects.changing(
        context,
        () -> {
          CatalogObject transform = found(context, objects.table(context));
          objects.delete(context, transform);
          return transform;
        });
    context.status(204);
  }

  private CatalogObject found(Context context, CatalogObject table) {
    return objects.found(context, Kind.TRANSFORM, table.id(), "transform");
  }

  private static void check(
      CatalogObject table, ObjectNode given, List<CatalogObject> others, Violations violations) {
    // Only clients of the product make use of it.
    given.remove("template");
    String shardKey =
        Requests.parse(table.document()).path("settings").path("shard_key").asText("");
    new TransformRules(violations).check(given, TableColumns.types(others), shardKey);
    violations.refuse();
  }

  /** A table has one default: the newest to say so takes the flag from the others. */
  private void takeDefault(Context context, CatalogObject transform, List<CatalogObject> others) {
    if (!TableColumns.isDefault(transform)) {
      return;
    }
    for (CatalogObject other : others) {
      if (TableColumns.isDefault(other)) {
        ObjectNode whole = (ObjectNode) Requests.parse(other.document());
        whole.put("name", other.name());
        whole.put("description", other.description().orElse(null));
        whole.withObjectProperty("settings").put("is_default", false);
        objects.update(context, other, whole);
      }
    }
  }

  private static ObjectNode json(Context context, CatalogObject table, CatalogObject transform) {
    String path = "projects/" + table.parent() + "/tables/" + table.id() + "/transforms";
    ObjectNode json = CatalogJson.of(context, transform, Shapes.TRANSFORM, path);
    ColumnEcho.complete(json.path("settings").path("output_columns"));
    return json;
  }
}

package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Permission;
import io.penstock.control.http.Requests;
import java.util.Optional;

/** {@code …/projects}. */
final class ProjectRoutes {
  static final String COLLECTION = HydrolixDialect.ORG + "/projects";
  static final String ITEM = COLLECTION + "/{project}";

  private final CatalogObjects objects;
  private final TableRemoval removal;

  ProjectRoutes(CatalogObjects objects, TableRemoval removal) {
    this.objects = objects;
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
        objects.list(context, Kind.PROJECT, objects.parent(context, Kind.PROJECT)).stream()
            .filter(project -> Gate.visible(context, project))
            .map(project -> json(context, project))
            .toList());
  }

  private void create(Context context) {
    Violations violations = new Violations();
    ObjectNode given = objects.posted(context, Shapes.PROJECT, violations);
    violations.refuse();
    CatalogObject made =
        objects.changing(
            context,
            () ->
                objects.insert(
                    context,
                    Kind.PROJECT,
                    objects.parent(context, Kind.PROJECT),
                    given,
                    Optional.empty()));
    Requests.answer(context, 201, json(context, made));
  }

  private void metadata(Context context) {
    HydrolixDialect.organization(context);
    Requests.answer(
        context,
        200,
        Gate.described(
            context, Permission.ADD_PROJECT, CatalogJson.metadata("Project List", Shapes.PROJECT)));
  }

  private void get(Context context) {
    Requests.answer(context, 200, json(context, objects.project(context)));
  }

  private void replace(Context context) {
    change(
        context, (before, violations) -> objects.put(context, before, Shapes.PROJECT, violations));
  }

  private void patch(Context context) {
    change(
        context,
        (before, violations) -> objects.patched(context, before, Shapes.PROJECT, violations));
  }

  private void change(Context context, Reading reading) {
    CatalogObject changed =
        objects.changing(
            context,
            () -> {
              CatalogObject before = objects.project(context);
              Violations violations = new Violations();
              ObjectNode given = reading.read(before, violations);
              violations.refuse();
              CatalogObject after = objects.update(context, before, given);
              removal.renamed(before, after);
              return after;
            });
    Requests.answer(context, 200, json(context, changed));
  }

  private void delete(Context context) {
    objects.changing(
        context,
        () -> {
          CatalogObject project = objects.project(context);
          removal.project(project, Requests.caller(context).principal());
          objects.delete(context, project);
          return project;
        });
    context.status(204);
  }

  private void activity(Context context) {
    CatalogObject project = objects.project(context);
    Pages.answer(context, CatalogJson.activity(project.organization(), objects.activity(project)));
  }

  private static ObjectNode json(Context context, CatalogObject project) {
    return CatalogJson.of(context, project, Shapes.PROJECT, "projects");
  }
}

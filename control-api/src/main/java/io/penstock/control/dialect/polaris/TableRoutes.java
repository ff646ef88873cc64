package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.expression.NearestName;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Principal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code …/tables}: all tables of the project, in whatever dialect they were made. */
final class TableRoutes {
  private static final String COLLECTION = Guard.PROJECT + "/tables";
  private static final String ITEM = COLLECTION + "/{table}";

  private final PolarisDialect.Ports ports;

  TableRoutes(PolarisDialect.Ports ports) {
    this.ports = ports;
  }

  void add(RoutesConfig routes, Guard guard) {
    PolarisPermission manage = PolarisPermission.MANAGE_TABLES;
    PolarisPermission view = PolarisPermission.VIEW_TABLES;
    routes.get(COLLECTION, guard.needing(view, this::list));
    routes.post(COLLECTION, guard.needing(manage, this::create));
    routes.get(
        ITEM, guard.needing(view, (c, p) -> Requests.answer(c, 200, view(p).full(found(c, p)))));
    routes.put(ITEM, guard.needing(manage, this::replace));
    routes.delete(ITEM, guard.needing(manage, this::delete));
  }

  private TableView view(CatalogObject project) {
    return new TableView(project, ports.contents());
  }

  private void list(Context context, CatalogObject project) {
    TableView view = view(project);
    List<String> granularities = context.queryParams("partitioningGranularity");
    List<String> counts = context.queryParams("segmentCount");
    Problems problems = new Problems();
    granularities.stream()
        .filter(one -> Partitioning.of(one).isEmpty())
        .forEach(
            one ->
                problems.bad(
                    "partitioningGranularity",
                    "Unknown granularity \""
                        + one
                        + "\"."
                        + NearestName.hint(one, Partitioning.NAMES)));
    counts.stream()
        .filter(one -> !one.matches("\\d{1,9}"))
        .forEach(one -> problems.bad("segmentCount", "segmentCount must be a number of files."));
    problems.refuse("request");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode values = json.putArray("values");
    for (CatalogObject table :
        ports.catalog().list(project.organization(), Kind.TABLE, project.id())) {
      ObjectNode summary = view.summary(table);
      if (among(granularities, summary, "partitioningGranularity")
          && among(counts, summary, "segmentCount")) {
        values.add(summary);
      }
    }
    Requests.answer(context, 200, json);
  }

  private static boolean among(List<String> wanted, ObjectNode json, String field) {
    return wanted.isEmpty() || wanted.contains(json.path(field).asText());
  }

  private void create(Context context, CatalogObject project) {
    Problems problems = new Problems();
    TableBody body = TableBody.read(Guard.body(context), problems);
    problems.refuse("table");
    Principal by = Requests.caller(context).principal();
    Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    CatalogObject made =
        new CatalogObject(
            UUID.randomUUID(),
            project.organization(),
            Kind.TABLE,
            project.id(),
            body.name(),
            body.description(),
            body.settings().by(by, by).document(),
            Optional.empty(),
            now,
            now);
    try {
      ports
          .catalog()
          .changing(
              project.organization(),
              () -> {
                ports.catalog().insert(made);
                note(made, by, Activity.Action.CREATE);
                return made;
              });
    } catch (CatalogException.NameTaken e) {
      throw PolarisError.exists("name", "There is already a table named " + body.name() + ".");
    }
    ObjectNode json = view(project).full(made);
    context.header(
        "Location", "/v1/projects/" + project.id() + "/tables/" + Encoded.segment(body.name()));
    Requests.answer(context, 201, json);
  }

  /** The whole of what can be said of the table, by whoever knows its present version. */
  private void replace(Context context, CatalogObject project) {
    ObjectNode body = Guard.body(context);
    Principal by = Requests.caller(context).principal();
    CatalogObject changed =
        ports
            .catalog()
            .changing(
                project.organization(),
                () -> {
                  CatalogObject after = changed(found(context, project), project, body, by);
                  ports.catalog().update(after);
                  note(after, by, Activity.Action.UPDATE);
                  return after;
                });
    Requests.answer(context, 200, view(project).full(changed));
  }

  private CatalogObject changed(
      CatalogObject table, CatalogObject project, ObjectNode body, Principal by) {
    Problems problems = new Problems();
    TableBody wanted =
        TableBody.change(
            body, table, ports.contents().columns(CatalogReferences.ref(project, table)), problems);
    problems.refuse("table");
    TableSettings before = TableSettings.of(table);
    if (!body.get("version").equals(before.json().path("version"))) {
      throw PolarisError.conflict(
          "version",
          "The table is at version %s, not %s."
              .formatted(before.json().path("version"), body.get("version")));
    }
    return new CatalogObject(
        table.id(),
        table.organization(),
        table.kind(),
        table.parent(),
        table.name(),
        wanted.description(),
        wanted.settings().after(before, by).document(table.document()),
        table.secret(),
        table.createdAt(),
        ports.clock().instant().truncatedTo(ChronoUnit.MICROS));
  }

  private void delete(Context context, CatalogObject project) {
    Principal by = Requests.caller(context).principal();
    ports
        .catalog()
        .changing(
            project.organization(),
            () -> {
              CatalogObject table = found(context, project);
              boolean busy =
                  ports.jobs().list(project.organization()).stream()
                      .filter(job -> !job.state().isFinal())
                      .anyMatch(job -> job.definition().table().tableId().equals(table.id()));
              if (busy) {
                throw PolarisError.conflict(
                    "name", "A job that has not ended writes to table " + table.name() + ".");
              }
              note(table, by, Activity.Action.DELETE);
              ports.catalog().delete(project.organization(), table.id());
              ports.contents().drop(CatalogReferences.ref(project, table));
              return table;
            });
    context.status(204);
  }

  private CatalogObject found(Context context, CatalogObject project) {
    String name = context.pathParam("table");
    return ports
        .catalog()
        .named(project.organization(), Kind.TABLE, project.id(), name)
        .orElseThrow(() -> PolarisError.notFound("name", "There is no table " + name + "."));
  }

  private void note(CatalogObject table, Principal by, Activity.Action action) {
    ports.activity().add(table.organization(), table.id(), by, action);
  }
}

package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.NumberedProject;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportException;
import io.penstock.control.export.ExportRun;
import io.penstock.control.export.Exports;
import io.penstock.control.export.RunStore;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code …/batch_exports}: making exports, changing, pausing and deleting them. */
final class ExportRoutes {
  private static final int LATEST_RUNS = 10;

  private final PosthogDialect.Ports ports;
  private final Exports exports;

  ExportRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
    this.exports = new Exports(ports.export());
  }

  void add(RoutesConfig routes, Guard guard) {
    for (String base : PosthogDialect.ALL_BASES) {
      String one = base + "/{export}";
      routes.get(base, guard.needing(Scope.EXPORT_READ, this::list));
      routes.post(base, guard.needing(Scope.EXPORT_WRITE, this::create));
      routes.get(one, guard.needing(Scope.EXPORT_READ, (c, s) -> answer(c, 200, found(c, s), s)));
      routes.patch(one, guard.needing(Scope.EXPORT_WRITE, (c, s) -> change(c, s, true)));
      routes.put(one, guard.needing(Scope.EXPORT_WRITE, (c, s) -> change(c, s, false)));
      routes.delete(one, guard.needing(Scope.EXPORT_WRITE, this::delete));
      routes.post(one + "/pause", guard.needing(Scope.EXPORT_WRITE, this::pause));
      routes.post(one + "/unpause", guard.needing(Scope.EXPORT_WRITE, this::unpause));
    }
  }

  private void list(Context context, Scene scene) {
    Set<UUID> projects = Set.copyOf(scene.projects().stream().map(NumberedProject::id).toList());
    List<Export> all =
        exports.list(scene.access().caller().organization().id()).stream()
            .filter(export -> projects.contains(export.project()))
            .toList();
    OffsetPage.wanted(context).answer(context, all, export -> json(export, scene));
  }

  private void create(Context context, Scene scene) {
    NumberedProject project = scene.project();
    Export.Settings settings =
        new ExportBody(
                Input.body(context),
                ports.export().rules(),
                new ModelRules(ports, project),
                Optional.empty(),
                false)
            .read();
    answer(context, 201, exports.create(project.organization(), project.id(), settings), scene);
  }

  private void change(Context context, Scene scene, boolean partial) {
    Export export = found(context, scene);
    Input body = Input.body(context);
    ModelRules models = new ModelRules(ports, project(export, scene));
    Export changed =
        exports.change(
            export.id(),
            settings ->
                new ExportBody(body, ports.export().rules(), models, Optional.of(settings), partial)
                    .read());
    answer(context, 200, changed, scene);
  }

  private void delete(Context context, Scene scene) {
    exports.delete(found(context, scene).id());
    context.status(204);
  }

  private void pause(Context context, Scene scene) {
    exports.pause(found(context, scene).id());
    paused(context, true);
  }

  private void unpause(Context context, Scene scene) {
    UUID export = found(context, scene).id();
    boolean backfill = Input.lenientBody(context).truth("backfill", false);
    exports.unpause(export, backfill);
    paused(context, false);
  }

  private static void paused(Context context, boolean paused) {
    Requests.answer(context, 200, JsonNodeFactory.instance.objectNode().put("paused", paused));
  }

  private Export found(Context context, Scene scene) {
    return found(exports, context, scene);
  }

  /**
   * The export of the path, in the scene.
   *
   * @throws PosthogError 404 if there is none, or it has been deleted
   */
  static Export found(Exports exports, Context context, Scene scene) {
    return Requests.uuid(context.pathParam("export"))
        .flatMap(exports::find)
        .filter(export -> isIn(export, scene))
        .orElseThrow(PosthogError::notFound);
  }

  static boolean isIn(Export export, Scene scene) {
    return scene.projects().stream().anyMatch(one -> one.id().equals(export.project()));
  }

  private static NumberedProject project(Export export, Scene scene) {
    return scene.projects().stream()
        .filter(one -> one.id().equals(export.project()))
        .findFirst()
        .orElseThrow(() -> new ExportException.NotFound(export.id()));
  }

  private void answer(Context context, int status, Export export, Scene scene) {
    Requests.answer(context, status, json(export, scene));
  }

  private ObjectNode json(Export export, Scene scene) {
    List<ExportRun> latest =
        ports
            .export()
            .runs()
            .page(
                new RunStore.Wanted(
                    export.id(),
                    RunStore.Order.CREATED,
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    LATEST_RUNS));
    NumberedProject project = project(export, scene);
    return ExportJson.of(
        export, project.number(), latest, new ModelRules(ports, project).schema(export));
  }
}

package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.export.Backfills;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportException;
import io.penstock.control.export.ExportRun;
import io.penstock.control.export.Exports;
import io.penstock.control.export.Ledger;
import io.penstock.control.export.Place;
import io.penstock.control.export.RunState;
import io.penstock.control.export.RunStore;
import io.penstock.control.export.Runs;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code …/runs}: what became of the intervals of an export. */
final class RunRoutes {
  private static final int PAGE = 100;

  private final PosthogDialect.Ports ports;
  private final Exports exports;
  private final Runs runs;
  private final Backfills backfills;

  RunRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
    this.exports = new Exports(ports.export());
    this.runs = new Runs(ports.export());
    this.backfills = new Backfills(ports.export());
  }

  void add(RoutesConfig routes, Guard guard) {
    for (String base : PosthogDialect.BASES) {
      String all = base + "/{export}/runs";
      String one = all + "/{run}";
      routes.get(all, guard.needing(Scope.EXPORT_READ, this::list));
      routes.get(
          one,
          guard.needing(
              Scope.EXPORT_READ, (c, s) -> Requests.answer(c, 200, RunJson.of(found(c, s)))));
      routes.get(one + "/files", guard.needing(Scope.EXPORT_READ, this::files));
      routes.post(one + "/retry", guard.needing(Scope.EXPORT_WRITE, this::retry));
      routes.post(one + "/cancel", guard.needing(Scope.EXPORT_WRITE, this::cancel));
    }
  }

  /** Of an export that is not of this project there are none. */
  private void list(Context context, Scene scene) {
    RunFilters filters = RunFilters.of(context, ports.export().now());
    CursorPage page = CursorPage.wanted(context, PAGE);
    Optional<Export> export = known(exports, context, scene);
    List<ExportRun> found =
        export.isEmpty() || filters.nothing()
            ? List.of()
            : runs.page(
                new RunStore.Wanted(
                    export.get().id(),
                    filters.order(),
                    page.descending(filters.descending()),
                    filters.from(),
                    filters.to(),
                    filters.states(),
                    page.after(),
                    page.most()));
    boolean created = filters.order() == RunStore.Order.CREATED;
    page.answer(
        context,
        found,
        run -> new Place(created ? Optional.of(run.createdAt()) : run.interval().start(), run.id()),
        RunJson::of);
  }

  /**
   * The export of the path, if it is in the scene.
   *
   * @throws PosthogError 404 if it has been deleted
   */
  static Optional<Export> known(Exports exports, Context context, Scene scene) {
    Optional<Export> export = everFound(exports, context, scene);
    if (export.filter(Export::deleted).isPresent()) {
      throw PosthogError.notFound();
    }
    return export;
  }

  static Optional<Export> everFound(Exports exports, Context context, Scene scene) {
    return Requests.uuid(context.pathParam("export"))
        .flatMap(exports::everFound)
        .filter(one -> ExportRoutes.isIn(one, scene));
  }

  private ExportRun found(Context context, Scene scene) {
    return found(exports, runs, context, scene);
  }

  /** A run stays readable when its export has been deleted. */
  static ExportRun found(Exports exports, Runs runs, Context context, Scene scene) {
    UUID export =
        everFound(exports, context, scene).map(Export::id).orElseThrow(PosthogError::notFound);
    return Requests.uuid(context.pathParam("run"))
        .flatMap(id -> runs.find(export, id))
        .orElseThrow(PosthogError::notFound);
  }

  private void retry(Context context, Scene scene) {
    Export export = ExportRoutes.found(exports, context, scene);
    String backfill = backfills.retry(export, found(context, scene)).id().toString();
    Requests.answer(
        context, 201, JsonNodeFactory.instance.objectNode().put("backfill_id", backfill));
  }

  private void cancel(Context context, Scene scene) {
    try {
      runs.cancel(found(context, scene).id());
    } catch (ExportException.Over e) {
      throw PosthogError.invalid(
          "Cannot cancel a run that is in '%s' status"
              .formatted(RunJson.status((RunState) e.state())));
    }
    Requests.answer(context, 200, JsonNodeFactory.instance.objectNode().put("cancelled", true));
  }

  private void files(Context context, Scene scene) {
    ExportRun run = found(context, scene);
    Ledger.Entry entry = runs.files(run.id()).orElseThrow(PosthogError::notFound);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("manifest_key", entry.manifestKey());
    ArrayNode files = json.putArray("files");
    for (Ledger.File file : entry.files()) {
      files
          .addObject()
          .put("key", file.key())
          .put("rows", file.rows())
          .put("bytes", file.bytes())
          .put("etag", file.etag())
          .put("checksum", file.sha256());
    }
    Requests.answer(context, 200, json);
  }
}

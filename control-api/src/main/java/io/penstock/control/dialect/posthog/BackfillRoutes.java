package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.export.Backfill;
import io.penstock.control.export.BackfillState;
import io.penstock.control.export.BackfillStore.Order;
import io.penstock.control.export.Backfills;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportException;
import io.penstock.control.export.Exports;
import io.penstock.control.export.Place;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Optional;

/** {@code …/backfills}: running ranges of intervals of an export. */
final class BackfillRoutes {
  private static final int PAGE = 50;

  private final PosthogDialect.Ports ports;
  private final Exports exports;
  private final Backfills backfills;

  BackfillRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
    this.exports = new Exports(ports.export());
    this.backfills = new Backfills(ports.export());
  }

  void add(RoutesConfig routes, Guard guard) {
    for (String base : PosthogDialect.BASES) {
      String all = base + "/{export}/backfills";
      String one = all + "/{backfill}";
      routes.get(all, guard.needing(Scope.EXPORT_READ, this::list));
      routes.post(all, guard.needing(Scope.EXPORT_WRITE, this::create));
      routes.post(base + "/{export}/backfill", guard.needing(Scope.EXPORT_WRITE, this::create));
      routes.get(one, guard.needing(Scope.EXPORT_READ, this::get));
      routes.post(one + "/cancel", guard.needing(Scope.EXPORT_WRITE, this::cancel));
    }
  }

  private void list(Context context, Scene scene) {
    String ordering = Optional.ofNullable(context.queryParam("ordering")).orElse("");
    Order order =
        ordering.equals("start_at") || ordering.equals("-start_at") ? Order.START : Order.CREATED;
    boolean descending = !(ordering.equals("created_at") || ordering.equals("start_at"));
    CursorPage page = CursorPage.wanted(context, PAGE);
    Optional<Export> export = RunRoutes.known(exports, context, scene);
    List<Backfill> found =
        export.isEmpty()
            ? List.of()
            : backfills.page(
                export.get().id(), order, page.descending(descending), page.after(), page.most());
    page.answer(
        context,
        found,
        one ->
            new Place(
                order == Order.CREATED ? Optional.of(one.createdAt()) : one.startAt(), one.id()),
        one -> json(one, export.orElseThrow(), scene));
  }

  private void get(Context context, Scene scene) {
    Export export =
        RunRoutes.everFound(exports, context, scene).orElseThrow(PosthogError::notFound);
    Requests.answer(context, 200, json(found(context, export), export, scene));
  }

  private Backfill found(Context context, Export export) {
    return Requests.uuid(context.pathParam("backfill"))
        .flatMap(id -> backfills.find(export.id(), id))
        .orElseThrow(PosthogError::notFound);
  }

  private ObjectNode json(Backfill backfill, Export export, Scene scene) {
    return BackfillJson.of(
        backfill,
        scene.project().number(),
        export.schedule().grid(),
        backfills.finishedRuns(backfill));
  }

  private void create(Context context, Scene scene) {
    Export export =
        RunRoutes.everFound(exports, context, scene)
            .filter(one -> !one.deleted())
            .orElseThrow(() -> PosthogError.notFound("BatchExport not found."));
    Input body = Input.body(context);
    BackfillRange.checkStart(body.get("start_at"), export, ports.export().rules());
    try {
      backfills.checkRoom(export.project());
      BackfillRange range =
          BackfillRange.read(
              body.get("start_at"),
              body.get("end_at"),
              export.schedule().grid(),
              ports.export().now());
      Backfill made = backfills.create(export, range.start(), range.end());
      Requests.answer(
          context,
          201,
          JsonNodeFactory.instance.objectNode().put("backfill_id", made.id().toString()));
    } catch (ExportException.TooManyBackfills e) {
      throw tooMany(e);
    } catch (ExportException.DuplicateBackfill e) {
      throw duplicate(e);
    }
  }

  static PosthogError tooMany(ExportException.TooManyBackfills e) {
    return PosthogError.coded(
        429,
        "server_error",
        "too_many_concurrent_backfills",
        ("This team already has %d batch export backfills running. Wait for some to finish or"
                + " cancel them before creating more.")
            .formatted(e.most()));
  }

  static PosthogError duplicate(ExportException.DuplicateBackfill e) {
    return PosthogError.coded(400, "validation_error", "duplicate_backfill", e.getMessage());
  }

  private void cancel(Context context, Scene scene) {
    Export export =
        RunRoutes.everFound(exports, context, scene).orElseThrow(PosthogError::notFound);
    try {
      backfills.cancel(found(context, export).id());
    } catch (ExportException.Over e) {
      throw PosthogError.invalid(
          "Cannot cancel a backfill that is in '%s' status"
              .formatted(BackfillJson.status((BackfillState) e.state())));
    }
    Requests.answer(context, 200, JsonNodeFactory.instance.objectNode().put("cancelled", true));
  }
}

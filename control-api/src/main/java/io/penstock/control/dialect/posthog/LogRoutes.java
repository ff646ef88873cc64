package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportLog;
import io.penstock.control.export.ExportLog.Level;
import io.penstock.control.export.Exports;
import io.penstock.control.export.Runs;
import io.penstock.control.http.Requests;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code …/logs} of an export, and of one run. */
final class LogRoutes {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final PosthogDialect.Ports ports;
  private final Exports exports;
  private final Runs runs;

  LogRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
    this.exports = new Exports(ports.export());
    this.runs = new Runs(ports.export());
  }

  void add(RoutesConfig routes, Guard guard) {
    for (String base : PosthogDialect.ALL_BASES) {
      routes.get(base + "/{export}/logs", guard.needing(Scope.EXPORT_READ, this::ofExport));
    }
    for (String base : PosthogDialect.BASES) {
      routes.get(base + "/{export}/runs/{run}/logs", guard.needing(Scope.EXPORT_READ, this::ofRun));
    }
  }

  private void ofExport(Context context, Scene scene) {
    UUID export =
        RunRoutes.everFound(exports, context, scene)
            .map(Export::id)
            .orElseThrow(PosthogError::notFound);
    String instance = context.queryParam("instance_id");
    boolean any = instance == null || instance.isBlank();
    Optional<UUID> id = any ? Optional.empty() : Requests.uuid(instance);
    ExportLog.Wanted wanted = wanted(context, id);
    answer(
        context,
        export,
        any || id.isPresent() ? ports.export().log().list(export, wanted) : List.of());
  }

  private void ofRun(Context context, Scene scene) {
    UUID run = RunRoutes.found(exports, runs, context, scene).id();
    UUID export = UUID.fromString(context.pathParam("export"));
    answer(context, export, ports.export().log().list(export, wanted(context, Optional.of(run))));
  }

  private static ExportLog.Wanted wanted(Context context, Optional<UUID> instance) {
    Optional<Integer> limit = limit(context);
    Optional<Instant> after = time(context, "after");
    Optional<Instant> before = time(context, "before");
    Optional<String> search =
        Optional.ofNullable(context.queryParam("search")).filter(text -> !text.isEmpty());
    return new ExportLog.Wanted(
        instance, after, before, levels(context), search, limit.orElse(USUAL));
  }

  private static Optional<Integer> limit(Context context) {
    String text = context.queryParam("limit");
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    if (!text.matches("-?\\d{1,18}")) {
      throw PosthogError.invalid("limit", "A valid integer is required.");
    }
    return Optional.of(Input.bounded("limit", Long.parseLong(text), 1, MOST));
  }

  private static Optional<Instant> time(Context context, String parameter) {
    String text = context.queryParam(parameter);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        Times.read(text)
            .or(() -> Times.read(text.replaceFirst(" (\\d{2}:?\\d{2})$", "+$1")))
            .orElseThrow(() -> PosthogError.invalid(parameter, Input.WRONG_TIME))
            .instant());
  }

  private static Optional<Set<Level>> levels(Context context) {
    List<String> given = context.queryParams("level");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Set<Level> levels = EnumSet.noneOf(Level.class);
    for (Level level : Level.values()) {
      if (given.stream().anyMatch(one -> one.toUpperCase(Locale.ROOT).equals(level.name()))) {
        levels.add(level);
      }
    }
    return Optional.of(levels);
  }

  private static void answer(Context context, UUID export, List<ExportLog.Line> lines) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("count", lines.size());
    json.putNull("next").putNull("previous");
    ArrayNode results = json.putArray("results");
    for (ExportLog.Line line : lines) {
      results
          .addObject()
          .put("log_source_id", export.toString())
          .put("instance_id", line.instance().toString())
          .put("timestamp", Times.text(line.at()))
          .put("level", line.level().name())
          .put("message", line.message());
    }
    Requests.answer(context, 200, json);
  }
}

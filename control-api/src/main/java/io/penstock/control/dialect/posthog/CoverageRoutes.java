package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.export.Coverage;
import io.penstock.control.export.Coverages;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportException;
import io.penstock.control.export.Exports;
import io.penstock.control.export.LateRows;
import io.penstock.control.export.Placeholders;
import io.penstock.control.http.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** {@code …/coverage}: what of a range is exported, and having the rest run. An extension. */
final class CoverageRoutes {
  private static final Duration USUAL = Duration.ofDays(30);

  private final PosthogDialect.Ports ports;
  private final Exports exports;
  private final Coverages coverages;

  CoverageRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
    this.exports = new Exports(ports.export());
    this.coverages = new Coverages(ports.export(), ports.lateRows());
  }

  void add(RoutesConfig routes, Guard guard) {
    for (String base : PosthogDialect.BASES) {
      String path = base + "/{export}/coverage";
      routes.get(path, guard.needing(Scope.EXPORT_READ, this::get));
      routes.post(path + "/repair", guard.needing(Scope.EXPORT_WRITE, this::repair));
    }
  }

  private Export found(Context context, Scene scene) {
    Export export = ExportRoutes.found(exports, context, scene);
    boolean bounded =
        export
            .query()
            .filter(text -> Placeholders.names(text).contains(Placeholders.END))
            .isPresent();
    if (export.model().equals(Export.FREE_QUERY) && !bounded) {
      throw PosthogError.invalid("Coverage needs an interval");
    }
    return export;
  }

  private void get(Context context, Scene scene) {
    Export export = found(context, scene);
    Instant now = ports.export().now();
    Instant end = time(context, "end").orElse(now);
    Instant start = time(context, "start").orElse(end.minus(USUAL));
    check(start, end);
    Requests.answer(context, 200, json(coverages.of(export, start, end)));
  }

  private static void check(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw PosthogError.invalid("start", "'start' must be before 'end'");
    }
  }

  private static Optional<Instant> time(Context context, String parameter) {
    return Optional.ofNullable(context.queryParam(parameter))
        .filter(text -> !text.isBlank())
        .map(
            text ->
                Times.read(text)
                    .orElseThrow(() -> PosthogError.invalid(parameter, Input.WRONG_TIME))
                    .instant());
  }

  private void repair(Context context, Scene scene) {
    Export export = found(context, scene);
    Input body = Input.body(context);
    Instant start = body.time("start").orElseThrow(() -> PosthogError.required("start"));
    Instant end = body.time("end").orElseThrow(() -> PosthogError.required("end"));
    check(start, end);
    try {
      List<UUID> made = coverages.repair(export, start, end);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ArrayNode ids = json.putArray("backfill_ids");
      made.forEach(id -> ids.add(id.toString()));
      Requests.answer(context, 201, json);
    } catch (ExportException.TooManyBackfills e) {
      throw BackfillRoutes.tooMany(e);
    } catch (ExportException.DuplicateBackfill e) {
      throw BackfillRoutes.duplicate(e);
    }
  }

  private static ObjectNode json(Coverages.Report report) {
    Coverage coverage = report.coverage();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("start", Times.text(coverage.start())).put("end", Times.text(coverage.end()));
    json.put("complete", report.complete());
    json.put("rows_exported", coverage.rowsExported());
    json.put("rows_in_source", report.rowsInSource());
    ArrayNode gaps = json.putArray("gaps");
    for (Coverage.Gap gap : coverage.gaps()) {
      stretch(gaps.addObject(), gap.start(), gap.end())
          .put("reason", gap.reason().name().toLowerCase(Locale.ROOT));
    }
    ArrayNode overlaps = json.putArray("overlaps");
    for (Coverage.Overlap overlap : coverage.overlaps()) {
      ArrayNode runs =
          stretch(overlaps.addObject(), overlap.start(), overlap.end()).putArray("runs");
      overlap.runs().forEach(id -> runs.add(id.toString()));
    }
    ArrayNode late = json.putArray("late");
    for (LateRows.Late one : report.late()) {
      ObjectNode entry = late.addObject();
      ExportJson.put(entry, "start", one.interval().start());
      entry.put("end", Times.text(one.interval().end())).put("rows", one.rows());
    }
    return json;
  }

  private static ObjectNode stretch(ObjectNode json, Instant start, Instant end) {
    return json.put("start", Times.text(start)).put("end", Times.text(end));
  }
}

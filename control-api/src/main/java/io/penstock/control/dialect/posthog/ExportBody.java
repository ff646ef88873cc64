package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.export.Destination;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportModel;
import io.penstock.control.export.ExportRules;
import io.penstock.control.export.Frequency;
import io.penstock.control.export.Grid;
import io.penstock.control.export.ZoneNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An export of a request: the checks in the order of the contract. What is absent is not null:
 * absent fields of a change keep what is stored. Pure.
 */
final class ExportBody {
  private static final String USUAL_MODEL = "events";
  private static final int LAST_DAY = 6;
  private static final int LAST_HOUR = 23;

  private final Input body;
  private final ExportRules rules;
  private final ModelRules models;
  private final Optional<Export.Settings> before;
  private final boolean partial;

  /**
   * @param partial whether only what is sent is looked at
   */
  ExportBody(
      Input body,
      ExportRules rules,
      ModelRules models,
      Optional<Export.Settings> before,
      boolean partial) {
    this.body = body;
    this.rules = rules;
    this.models = models;
    this.before = before;
    this.partial = partial;
  }

  Export.Settings read() {
    String name = body.text("name", !partial).orElseGet(() -> before.orElseThrow().name());
    String model = model();
    Optional<ExportModel> table = models.table(model);
    Destination destination = destination(table);
    Frequency frequency = frequency();
    boolean paused = body.truth("paused", before.map(Export.Settings::paused).orElse(false));
    Optional<Instant> startAt = bound("start_at", before.flatMap(Export.Settings::startAt));
    Optional<Instant> endAt = bound("end_at", before.flatMap(Export.Settings::endAt));
    Optional<String> query = query(model, table);
    Optional<String> filters = filters(model, table);
    Grid grid = grid(frequency);
    refuseForeign();
    return new Export.Settings(
        name, model, destination, grid, paused, startAt, endAt, query, filters);
  }

  private String model() {
    JsonNode sent = body.get("model");
    if (sent.isMissingNode() || sent.isNull()) {
      return before.map(Export.Settings::model).orElseGet(() -> known(USUAL_MODEL));
    }
    String model = sent.asText();
    if (before.isPresent()) {
      if (!before.get().model().equals(model)) {
        throw PosthogError.invalid(
            "model", "Changing models is not supported. Create a new batch export instead.");
      }
      return model;
    }
    if (model.equals(Export.FREE_QUERY)) {
      if (!rules.freeQuery()) {
        throw PosthogError.denied("HogQL batch exports are not enabled for this team.");
      }
      return model;
    }
    return known(model);
  }

  private String known(String model) {
    if (models.table(model).isEmpty()) {
      throw PosthogError.choice("model", model);
    }
    return model;
  }

  private Destination destination(Optional<ExportModel> table) {
    if (!body.has("destination")) {
      if (!partial) {
        throw PosthogError.required("destination");
      }
      return before.orElseThrow().destination();
    }
    JsonNode sent = body.get("destination");
    if (sent.isNull()) {
      throw PosthogError.notNull("destination");
    }
    return new DestinationBody(
            models.destinationRules(table), before.map(Export.Settings::destination), partial)
        .read(sent);
  }

  private Frequency frequency() {
    if (!body.has("interval")) {
      if (!partial) {
        throw PosthogError.required("interval");
      }
      return before.orElseThrow().grid().frequency();
    }
    JsonNode sent = body.get("interval");
    if (sent.isNull()) {
      throw PosthogError.notNull("interval");
    }
    Frequency frequency =
        Intervals.find(sent.asText())
            .orElseThrow(() -> PosthogError.choice("interval", sent.asText()));
    boolean high = frequency == Frequency.FIVE_MINUTES || frequency == Frequency.QUARTER_HOUR;
    if (high && !rules.highFrequency()) {
      throw PosthogError.denied("Higher frequency batch exports are not enabled for this team.");
    }
    return frequency;
  }

  private Optional<Instant> bound(String field, Optional<Instant> stored) {
    return body.has(field) ? body.time(field) : stored;
  }

  private Optional<String> query(String model, Optional<ExportModel> table) {
    if (!body.has("hogql_query") && before.isPresent()) {
      return before.get().query();
    }
    Optional<String> query = body.nullableText("hogql_query");
    if (model.equals(Export.FREE_QUERY)) {
      models.checkFree(query);
    } else if (query.isPresent()) {
      models.checkProjection(query.get(), table.orElseThrow(PosthogError::notFound));
    }
    return query;
  }

  private Optional<String> filters(String model, Optional<ExportModel> table) {
    if (!body.has("filters") && before.isPresent()) {
      return before.get().filters();
    }
    JsonNode sent = body.get("filters");
    if (sent.isMissingNode() || sent.isNull()) {
      return Optional.empty();
    }
    models.checkFilters(sent, model, table);
    return Optional.of(sent.toString());
  }

  private Grid grid(Frequency frequency) {
    String zone = before.map(one -> one.grid().zoneName()).orElse("UTC");
    if (body.has("timezone")) {
      JsonNode sent = body.get("timezone");
      zone = sent.isNull() ? "UTC" : sent.asText();
      if (ZoneNames.find(zone).isEmpty() || !(sent.isNull() || sent.isTextual())) {
        throw PosthogError.choice("timezone", zone);
      }
    }
    Optional<Integer> day = body.whole("offset_day", 0, LAST_DAY);
    Optional<Integer> hour = body.whole("offset_hour", 0, LAST_HOUR);
    if (day.isPresent() && frequency != Frequency.WEEK) {
      throw PosthogError.invalid(
          "offset_day", "offset_day is not applicable for non-weekly intervals");
    }
    if (hour.isPresent() && !frequency.followsCalendar()) {
      throw PosthogError.invalid(
          "offset_hour", "offset_hour is not applicable for non-daily/weekly intervals");
    }
    return new Grid(
        frequency,
        zone,
        day.orElseGet(() -> keptDay(frequency)),
        hour.orElseGet(() -> keptHour(frequency)));
  }

  /** A change keeps the hour between days and weeks. */
  private int keptHour(Frequency frequency) {
    Optional<Grid> grid = before.map(Export.Settings::grid);
    boolean kept =
        partial
            && !body.has("offset_hour")
            && frequency.followsCalendar()
            && grid.filter(one -> one.frequency().followsCalendar()).isPresent();
    return kept ? grid.orElseThrow().offsetHour() : 0;
  }

  private int keptDay(Frequency frequency) {
    Optional<Grid> grid = before.map(Export.Settings::grid);
    boolean kept =
        partial
            && !body.has("offset_day")
            && frequency == Frequency.WEEK
            && grid.filter(one -> one.frequency() == Frequency.WEEK).isPresent();
    return kept ? grid.orElseThrow().offsetDay() : 0;
  }

  /** Fields of the product that say nothing here. */
  private void refuseForeign() {
    for (String field : List.of("hogql_modifiers", "primary_key", "version_key")) {
      if (body.hasValue(field)) {
        throw PosthogError.invalid(field, field + " is not supported by this server");
      }
    }
    if (body.hasValue("incremental_mode")
        && !body.get("incremental_mode").asText().equals("APPEND")) {
      throw PosthogError.choice("incremental_mode", body.get("incremental_mode").asText());
    }
  }
}

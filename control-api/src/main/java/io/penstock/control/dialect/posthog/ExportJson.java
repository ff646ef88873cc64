package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.export.Destination;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportRun;
import io.penstock.control.export.Frequency;
import io.penstock.control.export.Grid;
import io.penstock.control.export.Schedule;
import io.penstock.control.http.Requests;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An export as the product shows it. Pure. */
final class ExportJson {
  private ExportJson() {}

  static ObjectNode of(Export export, int team, List<ExportRun> latest, JsonNode schema) {
    Schedule schedule = export.schedule();
    Grid grid = schedule.grid();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", export.id().toString()).put("team_id", team);
    json.put("name", export.name()).put("model", export.model());
    json.set("destination", destination(export.destination()));
    json.put("interval", Intervals.name(grid.frequency())).put("paused", export.paused());
    json.put("created_at", Times.text(export.createdAt()));
    json.put("last_updated_at", Times.text(export.updatedAt()));
    put(json, "last_paused_at", export.lastPausedAt());
    put(json, "start_at", schedule.startAt());
    put(json, "end_at", schedule.endAt());
    ArrayNode runs = json.putArray("latest_runs");
    latest.forEach(run -> runs.add(RunJson.of(run)));
    json.put("hogql_query", export.query().orElse(null));
    json.putNull("hogql_modifiers").putNull("primary_key").putNull("version_key");
    json.put("incremental_mode", "APPEND");
    json.set("schema", schema);
    json.set("filters", export.filters().map(Requests::parse).orElse(json.nullNode()));
    json.put("timezone", grid.zoneName());
    json.put("offset_day", grid.frequency() == Frequency.WEEK ? grid.offsetDay() : null);
    json.put("offset_hour", grid.frequency().followsCalendar() ? grid.offsetHour() : null);
    return json;
  }

  private static ObjectNode destination(Destination destination) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", DestinationTypes.name(destination.type()));
    json.put("integration", destination.integration().orElse(null));
    json.set("config", Requests.parse(destination.config()));
    return json;
  }

  static void put(ObjectNode json, String name, Optional<Instant> time) {
    json.put(name, time.map(Times::text).orElse(null));
  }
}

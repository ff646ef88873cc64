package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.export.Backfill;
import io.penstock.control.export.BackfillState;
import io.penstock.control.export.Grid;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/** A backfill as the product shows it. Pure. */
final class BackfillJson {
  private BackfillJson() {}

  static String status(BackfillState state) {
    return switch (state) {
      case STARTING -> "Starting";
      case RUNNING -> "Running";
      case COMPLETED -> "Completed";
      case CANCELLED -> "Cancelled";
      case FAILED -> "Failed";
    };
  }

  /**
   * @param finished its runs that are completed or failed
   */
  static ObjectNode of(Backfill backfill, int team, Grid grid, long finished) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", backfill.id().toString()).put("batch_export", backfill.export().toString());
    json.put("team", team);
    ExportJson.put(json, "start_at", backfill.startAt());
    json.put("end_at", Times.text(backfill.endAt()));
    ExportJson.put(json, "adjusted_start_at", backfill.adjustedStartAt());
    json.put("total_records_count", backfill.totalRows().orElse(null));
    json.put("status", status(backfill.state()));
    json.put("created_at", Times.text(backfill.createdAt()));
    ExportJson.put(json, "finished_at", backfill.finishedAt());
    json.put("last_updated_at", Times.text(backfill.updatedAt()));
    json.set("progress", progress(backfill, grid, finished));
    return json;
  }

  private static JsonNode progress(Backfill backfill, Grid grid, long finished) {
    boolean completed = backfill.state() == BackfillState.COMPLETED;
    Optional<Instant> from = backfill.adjustedStartAt().or(backfill::startAt);
    if ((!completed && backfill.state().isFinal()) || (!completed && from.isEmpty())) {
      return JsonNodeFactory.instance.nullNode();
    }
    long total = Math.max(finished, total(backfill, grid, from));
    if (backfill.totalRows().filter(rows -> rows == 0).isPresent()) {
      total = 0;
    }
    long done = completed ? total : finished;
    return JsonNodeFactory.instance
        .objectNode()
        .put("total_runs", total)
        .put("finished_runs", done)
        .put("progress", completed ? BigDecimal.valueOf(1.0) : fraction(done, total));
  }

  private static long total(Backfill backfill, Grid grid, Optional<Instant> from) {
    if (backfill.exact().isPresent() || from.isEmpty()) {
      return 1;
    }
    return grid.count(from.get(), backfill.endAt());
  }

  /** One decimal of the double itself, ties to even, never above 1. */
  private static BigDecimal fraction(long done, long total) {
    double value = total == 0 ? 0.0 : Math.min(1.0, (double) done / total);
    return new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN);
  }
}

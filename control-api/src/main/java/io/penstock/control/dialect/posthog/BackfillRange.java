package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.export.Export;
import io.penstock.control.export.ExportRules;
import io.penstock.control.export.Frequency;
import io.penstock.control.export.Grid;
import io.penstock.control.export.ZoneNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;

/**
 * The bounds of a backfill: the checks in the order of the contract. Pure.
 *
 * @param start absent for everything before the end
 */
record BackfillRange(Optional<Instant> start, Instant end) {
  private static final DateTimeFormatter PYTHON =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSSSSS]xxx");
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";

  /** What is to be refused before the number of backfills is looked at. */
  static void checkStart(JsonNode start, Export export, ExportRules rules) {
    if (!start.isNull() && !start.isMissingNode()) {
      return;
    }
    if (!rules.earliestBackfill()) {
      throw refused("Backfilling from the beginning of time is not enabled for this team.");
    }
    boolean bounded =
        export.model().equals(Export.FREE_QUERY)
            && export.query().filter(text -> text.contains("{data_interval_start}")).isPresent();
    if (bounded) {
      throw refused(
          "This query references {data_interval_start}, which is unavailable when backfilling from"
              + " the beginning of time. Provide 'start_at' or remove {data_interval_start} from"
              + " the query.");
    }
  }

  static BackfillRange read(JsonNode start, JsonNode end, Grid grid, Instant now) {
    Optional<OffsetDateTime> from = bound(start, grid);
    Optional<OffsetDateTime> to = bound(end, grid);
    if (to.isEmpty()) {
      throw refused("Backfilling a BatchExport with no end date is not allowed");
    }
    Optional<Instant> first = from.map(OffsetDateTime::toInstant);
    Instant last = to.get().toInstant();
    if (first.filter(one -> !one.isBefore(last)).isPresent()) {
      throw refused("The initial backfill datetime 'start_at' must be before 'end_at'");
    }
    if (!last.isBefore(now)) {
      throw refused("The provided 'end_at' (" + python(to.get()) + ") is in the future");
    }
    if (first.filter(one -> grid.count(one, last) == 0).isPresent()) {
      throw refused("The backfill range contains no complete interval");
    }
    return new BackfillRange(first, last);
  }

  private static PosthogError refused(String detail) {
    return PosthogError.invalid(detail);
  }

  private static String python(OffsetDateTime time) {
    String text = PYTHON.format(time);
    return time.getNano() == 0 ? text.replace(".000000", "") : text;
  }

  private static Optional<OffsetDateTime> bound(JsonNode value, Grid grid) {
    if (value.isNull() || value.isMissingNode()) {
      return Optional.empty();
    }
    String text = value.asText();
    return Optional.of(grid.frequency().followsCalendar() ? date(text, grid) : time(text));
  }

  private static OffsetDateTime time(String text) {
    if (text.matches(DATE)) {
      throw refused("Input " + text + " is naive.");
    }
    Times.Read read =
        Times.read(text)
            .orElseThrow(
                () -> refused("Input " + text + " is not a valid ISO formatted datetime."));
    return read.local()
        .atOffset(read.offset().orElseThrow(() -> refused("Input " + text + " is naive.")));
  }

  private static OffsetDateTime date(String text, Grid grid) {
    LocalDate date;
    try {
      date = LocalDate.parse(text);
    } catch (DateTimeException e) {
      String more =
          Times.read(text).isPresent()
              ? " Daily or weekly batch export backfills expect only the date component, but a"
                  + " time was included."
              : "";
      throw refused("Input '" + text + "' is not a valid ISO formatted date." + more);
    }
    if (grid.frequency() == Frequency.WEEK && date.getDayOfWeek() != grid.weekday()) {
      throw refused(
          ("Input %s is not on the correct day of the week for this batch export. %s is a %s but"
                  + " this batch export is configured to run weekly on %s.")
              .formatted(
                  text,
                  text,
                  date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                  grid.weekday().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
    }
    return grid.boundary(date)
        .atZone(ZoneNames.find(grid.zoneName()).orElseThrow())
        .toOffsetDateTime();
  }
}

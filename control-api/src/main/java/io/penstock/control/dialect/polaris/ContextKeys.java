package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spec.FailurePolicy;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What {@code context} says. Keys that it does not know are taken and have no effect. Pure.
 *
 * @param zone of time functions that name none
 * @param countsWarnings whether rows of which something was lost count as rejected ones do
 * @param withoutNullBytes whether U+0000 is taken out of text
 * @param emptyReplace whether a replacement may happen although no input was found
 */
record ContextKeys(
    boolean needsRows,
    boolean needsTime,
    boolean emptyReplace,
    long rowsPerFile,
    OptionalInt maxSlots,
    FailurePolicy failurePolicy,
    ZoneId zone,
    boolean countsWarnings,
    boolean withoutNullBytes) {
  private static final long ROWS_PER_FILE = 3_000_000;

  private static final Set<String> KNOWN =
      Set.of(
          "failOnEmptyInsert",
          "removeNullBytes",
          "rowsPerSegment",
          "maxNumTasks",
          "sqlTimeZone",
          "penstock.nullTimestamp",
          "penstock.countTypeErrors",
          "penstock.skipUnreadableObjects",
          "penstock.allowEmptyReplace",
          "penstock.csvMultiline",
          // Taken, and without effect.
          "arrayIngestMode",
          "finalizeAggregations",
          "waitUntilSegmentsLoad",
          "taskAssignment",
          "faultTolerance",
          "useApproximateCountDistinct");

  /** Keys that nobody knows, in their order. */
  static List<String> unknown(JsonNode context) {
    List<String> unknown = new ArrayList<>();
    context.fieldNames().forEachRemaining(unknown::add);
    unknown.removeIf(KNOWN::contains);
    return unknown;
  }

  static ContextKeys read(Fields context) {
    if (!context.truth("penstock.csvMultiline", true)) {
      context.unsupported("penstock.csvMultiline", "Quoted fields may always hold line ends.");
    }
    String nullTimestamp =
        context.choice("penstock.nullTimestamp", List.of("fail", "skip")).orElse("fail");
    int slots = (int) context.integer("maxNumTasks", 1, Integer.MAX_VALUE, 0);
    return new ContextKeys(
        context.truth("failOnEmptyInsert", false),
        nullTimestamp.equals("fail"),
        context.truth("penstock.allowEmptyReplace", false),
        context.integer("rowsPerSegment", 1, Integer.MAX_VALUE, ROWS_PER_FILE),
        slots > 0 ? OptionalInt.of(slots) : OptionalInt.empty(),
        context.truth("penstock.skipUnreadableObjects", false)
            ? FailurePolicy.SKIP_OBJECT
            : FailurePolicy.FAIL_JOB,
        zone(context),
        context.truth("penstock.countTypeErrors", false),
        context.truth("removeNullBytes", false));
  }

  private static ZoneId zone(Fields context) {
    Optional<String> given = context.text("sqlTimeZone");
    try {
      return given.map(ZoneId::of).orElse(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      context.bad("sqlTimeZone", "Unknown zone \"" + given.get() + "\".");
      return ZoneOffset.UTC;
    }
  }
}

package io.penstock.control.config;

import java.time.Duration;
import java.util.List;

/** Settings of exports. */
public final class ExportSettings {
  public static final Setting<Boolean> HIGH_FREQUENCY =
      Setting.optional(
          "penstock.export.high-frequency",
          Boolean::parseBoolean,
          "true",
          "Whether exports may run more often than hourly.");
  public static final Setting<Boolean> FREE_QUERIES =
      Setting.optional(
          "penstock.export.free-queries",
          Boolean::parseBoolean,
          "true",
          "Whether exports may be of a query that names its table itself.");
  public static final Setting<Boolean> EARLIEST_BACKFILL =
      Setting.optional(
          "penstock.export.earliest-backfill",
          Boolean::parseBoolean,
          "false",
          "Whether backfills may begin with the first row there is.");
  public static final Setting<Integer> MAX_BACKFILLS =
      Setting.optional(
          "penstock.export.max-backfills",
          Integer::parseInt,
          "5",
          "Backfills of a project that may be active at a time.");
  public static final Setting<Boolean> INLINE_KEYS =
      Setting.optional(
          "penstock.export.inline-keys",
          Boolean::parseBoolean,
          "true",
          "Whether destinations may bring their own keys instead of an integration.");
  public static final Setting<Integer> FAILURE_THRESHOLD =
      Setting.optional(
          "penstock.export.failure-threshold",
          Integer::parseInt,
          "3",
          "Failed runs among the last ones that pause an export.");
  public static final Setting<Integer> MAX_ATTEMPTS =
      Setting.optional(
          "penstock.export.max-attempts",
          Integer::parseInt,
          "0",
          "Attempts of a run; 0 for any number.");
  public static final Setting<Integer> RUN_RETRIES =
      Setting.optional(
          "penstock.export.run-retries",
          Integer::parseInt,
          "1",
          "New runs of an interval when the attempts of a scheduled one are used up.");
  public static final Setting<Boolean> START_JITTER =
      Setting.optional(
          "penstock.export.start-jitter",
          Boolean::parseBoolean,
          "true",
          "Whether runs that fall due at the same time start some time apart.");
  public static final Setting<String> SETTLE_DELAY =
      Setting.optional(
          "penstock.export.settle-delay",
          text -> text.isEmpty() ? text : Duration.parse(text).toString(),
          "",
          "The least time between an interval's end and its run; PT1M, or PT30S for five minutes, if empty.");
  public static final Setting<Duration> CATCH_UP =
      Setting.optional(
          "penstock.export.catch-up",
          Duration::parse,
          "P365D",
          "Intervals that ended longer ago are not caught up after downtime.");

  static final List<Setting<?>> ALL =
      List.of(
          HIGH_FREQUENCY,
          FREE_QUERIES,
          EARLIEST_BACKFILL,
          MAX_BACKFILLS,
          INLINE_KEYS,
          FAILURE_THRESHOLD,
          MAX_ATTEMPTS,
          RUN_RETRIES,
          START_JITTER,
          SETTLE_DELAY,
          CATCH_UP);

  private ExportSettings() {}
}

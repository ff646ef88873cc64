package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.http.Requests;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TransformSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a transform makes of objects for a table, or why it cannot.
 *
 * @param reasons full sentences
 * @param warnings what has no effect, in full sentences
 * @param shardColumn of the table, if the transform has it; without it all rows are of one shard
 * @param sortColumns of the table that the transform has, behind them its primary; empty if it has
 *     none
 */
record ChosenTransform(
    Optional<TransformSpec> spec,
    List<String> reasons,
    List<String> warnings,
    Optional<String> shardColumn,
    List<String> sortColumns) {
  /** Beyond any time that a column can hold. */
  private static final long MAX_FUTURE_DAYS = 1_000_000;

  ChosenTransform {
    reasons = List.copyOf(reasons);
    warnings = List.copyOf(warnings);
    sortColumns = List.copyOf(sortColumns);
  }

  /**
   * @param name empty for the table's default
   * @param now beyond which times lie in the future; absent where each task has its own
   */
  static ChosenTransform of(
      References references, TableRef table, String name, Optional<Instant> now) {
    Optional<CatalogObject> transform =
        name.isEmpty() ? references.defaultTransform(table) : references.transform(table, name);
    if (transform.isEmpty()) {
      String reason =
          name.isEmpty()
              ? "Table \"%s\" has no default transform.".formatted(table.qualifiedName())
              : "Transform \"%s\" was not found on table \"%s\"."
                  .formatted(name, table.qualifiedName());
      return new ChosenTransform(
          Optional.empty(), List.of(reason), List.of(), Optional.empty(), List.of());
    }
    JsonNode settings = references.settings(table);
    Optional<Duration> ahead = maxAhead(settings.path("max_future_days"));
    JsonNode document = Requests.parse(transform.get().document());
    TransformTranslator.Translation translation =
        TransformTranslator.translate(
            document.path("type").asText(),
            document.path("settings"),
            new TransformTarget(
                AutomaticNames.of(table, transform.get(), references::revision),
                now.flatMap(instant -> ahead.map(instant::plus)),
                ahead.filter(days -> now.isEmpty()),
                now));
    String shardKey = settings.path("shard_key").asText("");
    return new ChosenTransform(
        translation.spec(),
        translation.reasons(),
        translation.warnings(),
        translation.spec().flatMap(spec -> shardColumn(spec, shardKey)),
        translation
            .spec()
            .map(spec -> sortColumns(spec, settings.path("sort_keys")))
            .orElse(List.of()));
  }

  private static Optional<String> shardColumn(TransformSpec spec, String shardKey) {
    return spec.columns().stream()
        .filter(column -> column.name().equals(shardKey) && column.type() == ColumnType.STRING)
        .map(ColumnSpec::name)
        .findFirst();
  }

  private static List<String> sortColumns(TransformSpec spec, JsonNode keys) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode key : keys) {
      spec.columns().stream()
          .map(ColumnSpec::name)
          .filter(key.asText()::equals)
          .forEach(names::add);
    }
    if (!names.isEmpty()) {
      names.add(spec.timeColumn());
    }
    return List.copyOf(names);
  }

  /** Null is no bound; what is left out allows no time after now. */
  private static Optional<Duration> maxAhead(JsonNode days) {
    return days.isNull()
        ? Optional.empty()
        : Optional.of(Duration.ofDays(Math.min(days.asLong(0), MAX_FUTURE_DAYS)));
  }
}

package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.expression.SessionSettings;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RowRules;
import io.penstock.spec.TransformSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes what a transform says executable. Pure. A transform is stored whatever it says; a job that
 * names one that cannot be executed in full is refused, so that nothing of it is skipped silently.
 */
final class TransformTranslator {
  private static final Pattern IDENTITY =
      Pattern.compile("(?is)select\\s*\\*\\s*from\\s*\\{stream}\\s*");

  private static final Pattern ASKS_FOR_TIME =
      Pattern.compile("(?i)\\bnow\\s*\\(|\\bcurrent_(timestamp|date)\\b");

  private final String type;
  private final JsonNode settings;
  private final Optional<Instant> now;
  private final ColumnTranslator translator;
  private final List<String> reasons = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<ColumnSpec> unstored = new ArrayList<>();
  private final List<ColumnSource> claimed = new ArrayList<>();
  private final Map<String, String> columnsSql = new HashMap<>();
  private final Map<String, String> scripts = new LinkedHashMap<>();
  private Optional<String> catchAll = Optional.empty();
  private Optional<String> catchRejects = Optional.empty();
  private String primary = "";

  private TransformTranslator(String type, JsonNode settings, TransformTarget target) {
    this.type = type;
    this.settings = settings;
    this.now = target.now();
    this.translator =
        new ColumnTranslator(
            new ColumnSourceTranslator(type, target.constants(), reasons),
            new TimeTranslator(target, reasons),
            reasons);
  }

  /**
   * Either a specification, or the reasons why there is none.
   *
   * @param reasons full sentences
   * @param warnings what has no effect, in full sentences
   */
  record Translation(Optional<TransformSpec> spec, List<String> reasons, List<String> warnings) {}

  /**
   * @param type {@code csv} or {@code json}
   */
  static Translation translate(String type, JsonNode settings, TransformTarget target) {
    TransformTranslator translator = new TransformTranslator(type, settings, target);
    Optional<TransformSpec> spec = translator.translate();
    return new Translation(
        translator.reasons.isEmpty() ? spec : Optional.empty(),
        translator.reasons,
        translator.warnings);
  }

  private Optional<TransformSpec> translate() {
    RecordFormat format = FormatTranslator.format(type, settings.path("format_details"), reasons);
    settings.path("output_columns").forEach(this::column);
    if (!reasons.isEmpty()) {
      return Optional.empty();
    }
    try {
      TransformSpec plain =
          new TransformSpec(
              format,
              CompressionNames.layers(settings.path("compression").asText("none")),
              columns,
              primary,
              ColumnTranslator.texts(settings.path("null_values")),
              rowRules());
      String rows = rowsSql();
      return rows.isEmpty() && columnsSql.isEmpty() && scripts.isEmpty()
          ? Optional.of(plain)
          : computed(plain, rows);
    } catch (IllegalArgumentException e) {
      reasons.add("The transform cannot be executed: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private Optional<TransformSpec> computed(TransformSpec plain, String rows) {
    boolean asksForTime =
        ASKS_FOR_TIME.matcher(rows).find()
            || columnsSql.values().stream().anyMatch(sql -> ASKS_FOR_TIME.matcher(sql).find());
    if (now.isEmpty() && asksForTime) {
      reasons.add("The transform's SQL asks for the time, which is another one for each task.");
      return Optional.empty();
    }
    SessionSettings session = new SessionSettings(ZoneOffset.UTC, now.orElse(Instant.EPOCH));
    return new SqlTranslator(plain, scripts, session, reasons).translate(columnsSql, rows);
  }

  /** Empty also for a query that changes nothing. */
  private String rowsSql() {
    String sql = settings.path("sql_transform").asText("").strip().replaceFirst(";$", "");
    boolean none = settings.path("sql_transform").isNull();
    return none || IDENTITY.matcher(sql).matches() ? "" : sql;
  }

  private Optional<RowRules> rowRules() {
    RowRules rules = new RowRules(unstored, claimed, catchAll, catchRejects);
    return rules.equals(RowRules.NONE) ? Optional.empty() : Optional.of(rules);
  }

  private void column(JsonNode column) {
    String name = column.path("name").asText();
    JsonNode datatype = column.path("datatype");
    if (datatype.path("primary").asBoolean(false)) {
      primary = name;
    }
    if (!datatype.path("limits").isEmpty()) {
      warnings.add("Column %s: its limits are not enforced.".formatted(name));
    }
    if (datatype.path("ignore").asBoolean(false)) {
      claimed.add(translator.source(column));
      return;
    }
    String sql = datatype.path("sql_expression").asText("").strip();
    if (!sql.isEmpty() && !datatype.path("sql_expression").isNull()) {
      columnsSql.put(name, sql);
    }
    String script = datatype.path("script").asText("").strip();
    if (!script.isEmpty() && !datatype.path("script").isNull()) {
      scripts.put(name, script);
    }
    boolean catchesAll = datatype.path("catch_all").asBoolean(false);
    boolean catchesRejects = datatype.path("catch_rejects").asBoolean(false);
    if (catchesAll) {
      catchAll = once(name, "catch_all", catchAll);
    }
    if (catchesRejects) {
      catchRejects = once(name, "catch_rejects", catchRejects);
    }
    if ((catchesAll || catchesRejects)
        && !List.of("string", "map").contains(ColumnTranslator.typeName(datatype))) {
      reasons.add("Column %s: only a string or a map can catch fields.".formatted(name));
    }
    Optional<ColumnSpec> spec =
        catchesAll || catchesRejects ? translator.catching(column) : translator.column(column);
    spec.ifPresent(datatype.path("suppress").asBoolean(false) ? unstored::add : columns::add);
  }

  private Optional<String> once(String name, String feature, Optional<String> before) {
    if (before.isPresent()) {
      reasons.add("Column %s: column %s is %s already.".formatted(name, before.get(), feature));
    }
    return Optional.of(name);
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.expression.ExpressionParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a job does, said in SQL: for people, nothing executes it. Pure. */
final class JobSql {
  private JobSql() {}

  static String of(JsonNode spec) {
    StringBuilder sql = new StringBuilder();
    boolean replace = spec.path("ingestionMode").asText().equals("replace");
    sql.append(replace ? "REPLACE INTO " : "INSERT INTO ");
    sql.append(quoted(spec.path("target").path("tableName").asText()));
    if (replace) {
      sql.append(" OVERWRITE ").append(overwritten(spec));
    }
    List<String> columns = new ArrayList<>();
    for (JsonNode mapping : spec.path("mappings")) {
      columns.add(
          mapping.path("expression").asText()
              + " AS "
              + quoted(mapping.path("columnName").asText()));
    }
    sql.append(" SELECT ").append(String.join(", ", columns));
    if (spec.hasNonNull("filterExpression")) {
      sql.append(" WHERE ").append(spec.path("filterExpression").asText());
    }
    String keys = groupedBy(spec.path("mappings"));
    if (!keys.isEmpty()) {
      sql.append(" GROUP BY ").append(keys);
    }
    if (spec.hasNonNull("partitionedBy")) {
      sql.append(" PARTITIONED BY ")
          .append(spec.path("partitionedBy").asText().toUpperCase(Locale.ROOT));
    }
    List<String> clustering = new ArrayList<>();
    spec.path("clusteringColumns").forEach(column -> clustering.add(quoted(column.asText())));
    if (!clustering.isEmpty()) {
      sql.append(" CLUSTERED BY ").append(String.join(", ", clustering));
    }
    return sql.toString();
  }

  /** The places of the columns that are no aggregations; empty if none is one. */
  private static String groupedBy(JsonNode mappings) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < mappings.size(); i++) {
      if (!ExpressionParser.isAggregation(mappings.get(i).path("expression").asText())) {
        keys.add(Integer.toString(i + 1));
      }
    }
    return keys.size() == mappings.size() ? "" : String.join(", ", keys);
  }

  private static String overwritten(JsonNode spec) {
    if (spec.path("replaceAll").asBoolean()) {
      return "ALL";
    }
    List<String> conditions = new ArrayList<>();
    for (JsonNode interval : spec.path("target").path("intervals")) {
      conditions.add("TIME_IN_INTERVAL(\"__time\", '" + interval.asText() + "')");
    }
    return "WHERE " + String.join(" OR ", conditions);
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.dialect.polaris.Expressions.Mapping;
import io.penstock.control.expression.SessionSettings;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Translates {@code mappings} to the columns of a job. Pure. */
final class Mappings {
  static final String COUNT = "__count";
  private static final int MAX_NAME = 255;
  private static final int MAX_COLUMNS = 1_000;

  private final Fields body;
  private final Target target;
  private final Expressions expressions;

  Mappings(
      Fields body,
      Target target,
      SourceTranslation from,
      ContextKeys context,
      SessionSettings session) {
    this.body = body;
    this.target = target;
    this.expressions = new DruidExpressions(from, target, context.withoutNullBytes(), session);
  }

  /** Empty if something is wrong, which is noted. */
  Optional<TransformSpec> transform() {
    List<Mapping> wanted = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Fields> mappings = body.objects("mappings", true);
    for (Fields mapping : mappings) {
      mapping.allowOnly(Set.of("columnName", "expression", "isAggregation"));
      Optional<String> name = mapping.requiredText("columnName");
      Optional<String> expression = mapping.requiredText("expression");
      boolean once = name.map(text -> check(mapping, text, names)).orElse(false);
      if (once && expression.isPresent()) {
        wanted.add(new Mapping(name.get(), expression.get(), mapping.at("expression")));
      }
    }
    if (mappings.size() > MAX_COLUMNS) {
      body.bad("mappings", "mappings must have at most " + MAX_COLUMNS + " columns.");
    }
    if (body.has("mappings") && !names.contains(DruidExpressions.TIME)) {
      body.bad("mappings", "mappings must have a column __time.");
    }
    Optional<Mapping> filter =
        body.text("filterExpression")
            .filter(text -> !text.isBlank())
            .map(text -> new Mapping("", text, body.at("filterExpression")));
    Optional<TransformSpec> transform =
        expressions
            .transform(wanted, filter, body.problems())
            .filter(spec -> spec.columns().size() == mappings.size());
    transform.ifPresent(spec -> check(mappings, spec));
    return transform;
  }

  /** Returns whether it is the first mapping of the column, which can be looked at. */
  private boolean check(Fields mapping, String name, Set<String> names) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      mapping.bad("columnName", "columnName must have 1 to " + MAX_NAME + " characters.");
    } else if (name.startsWith("__") && !Set.of(DruidExpressions.TIME, COUNT).contains(name)) {
      mapping.bad(
          "columnName", "Names that begin with __ are reserved, but for __time and __count.");
    }
    if (!names.add(name)) {
      mapping.bad("columnName", "The column \"" + name + "\" is mapped twice.");
      return false;
    }
    return !name.isEmpty();
  }

  private void check(List<Fields> mappings, TransformSpec transform) {
    for (int i = 0; i < mappings.size(); i++) {
      ColumnSpec column = transform.columns().get(i);
      checkType(mappings.get(i), column);
      if (!column.name().equals(DruidExpressions.TIME)) {
        boolean measure = transform.rollup().flatMap(r -> r.of(column.name())).isPresent();
        checkKind(mappings.get(i), column, measure);
        if (transform.rollup().isPresent() && column.type() == ColumnType.JSON) {
          mappings
              .get(i)
              .bad("expression", "Rows cannot be combined by a column of JSON or arrays.");
        }
      }
    }
  }

  /** A measure is what is asked for, what the table has, or at least what the expression is. */
  private void checkKind(Fields mapping, ColumnSpec column, boolean measure) {
    if (measure && !target.settings().aggregate() && !target.isNew()) {
      mapping.bad("expression", "A detail table has no aggregations. Use an aggregate table.");
      return;
    }
    String kind = target.settings().declared(column.name()).path("type").asText();
    if (mapping.has("isAggregation") && mapping.truth("isAggregation", measure) != measure) {
      mapping.bad(
          "isAggregation",
          measure
              ? "isAggregation is false but the expression is an aggregation."
              : "isAggregation needs an aggregate function as the outermost call.");
    } else if (kind.equals(measure ? "dimension" : "measure")) {
      mapping.bad(
          "expression",
          "Column \"%s\" of the table is a %s.".formatted(column.name(), kind)
              + (measure ? "" : " Use COUNT, SUM, MIN or MAX."));
    }
  }

  private void checkType(Fields mapping, ColumnSpec column) {
    ColumnType type = column.type() == ColumnType.JSON ? ColumnType.STRING : column.type();
    ColumnType existing = target.columns().get(column.name());
    if (existing != null && existing != type) {
      wrongType(mapping, column, existing.name().toLowerCase(Locale.ROOT));
      return;
    }
    if (column.name().equals(DruidExpressions.TIME)) {
      return;
    }
    JsonNode declared = target.settings().declared(column.name());
    if (!declared.isMissingNode()) {
      String wanted = InputType.nameOf(column.type());
      boolean same =
          InputType.of(declared.path("dataType").asText())
              .filter(t -> t.wireName().equals(wanted))
              .isPresent();
      if (!same) {
        wrongType(mapping, column, declared.path("dataType").asText());
      }
    } else if (target.settings().strict()) {
      mapping.bad(
          "columnName", "The table is strict and does not declare \"" + column.name() + "\".");
    }
  }

  private static void wrongType(Fields mapping, ColumnSpec column, String existing) {
    mapping.bad(
        "expression",
        "Column \"%s\" of the table is of type %s and cannot take values of type %s."
            .formatted(column.name(), existing, InputType.nameOf(column.type())));
  }
}

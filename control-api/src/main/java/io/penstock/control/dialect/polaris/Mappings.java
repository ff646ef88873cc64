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
  private static final int MAX_NAME = 255;
  private static final int MAX_COLUMNS = 1_000;

  private final Fields body;
  private final Target target;
  private final Expressions expressions;

  Mappings(Fields body, Target target, SourceTranslation from, SessionSettings session) {
    this.body = body;
    this.target = target;
    this.expressions = new DruidExpressions(from.input(), from.format(), session);
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
      if (mapping.truth("isAggregation", false)) {
        mapping.unsupported("isAggregation", "Rows cannot be aggregated. Use a detail table.");
      } else if (once && expression.isPresent()) {
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
    Optional<TransformSpec> transform = expressions.transform(wanted, filter, body.problems());
    if (transform.isPresent() && transform.get().columns().size() == mappings.size()) {
      for (int i = 0; i < mappings.size(); i++) {
        checkType(mappings.get(i), transform.get().columns().get(i));
      }
    }
    return transform.filter(spec -> spec.columns().size() == mappings.size());
  }

  /** Returns whether it is the first mapping of the column, which can be looked at. */
  private boolean check(Fields mapping, String name, Set<String> names) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      mapping.bad("columnName", "columnName must have 1 to " + MAX_NAME + " characters.");
    } else if (name.startsWith("__") && !name.equals(DruidExpressions.TIME)) {
      mapping.bad("columnName", "Names that begin with __ are reserved, but for __time.");
    }
    if (!names.add(name)) {
      mapping.bad("columnName", "The column \"" + name + "\" is mapped twice.");
      return false;
    }
    return !name.isEmpty();
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
    for (JsonNode declared : target.settings().schema()) {
      if (declared.path("name").asText().equals(column.name())) {
        String wanted = InputType.nameOf(column.type());
        boolean same =
            InputType.of(declared.path("dataType").asText())
                .filter(t -> t.wireName().equals(wanted))
                .isPresent();
        if (!same) {
          wrongType(mapping, column, declared.path("dataType").asText());
        }
        return;
      }
    }
    if (target.settings().strict()) {
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

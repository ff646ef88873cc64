package io.penstock.control.dialect.hydrolix;

import io.penstock.control.expression.ColumnCast;
import io.penstock.control.expression.ExpressionParser;
import io.penstock.control.expression.InputSchema;
import io.penstock.control.expression.Parsed;
import io.penstock.control.expression.ParsedQuery;
import io.penstock.control.expression.SessionSettings;
import io.penstock.spec.ColumnRules;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Computation;
import io.penstock.spec.Elements;
import io.penstock.spec.RowRules;
import io.penstock.spec.TimeLimits;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scripts and SQL of a transform: scripts of columns first, then SQL of columns, then of whole
 * rows, over what was converted of the record. A column that is only taken over stays as it was
 * converted; a time that partitions rows is looked at behind the SQL, which may drop its row. Pure.
 */
final class SqlTranslator {
  private final TransformSpec plain;
  private final List<String> reasons;
  private final ExpressionParser parser;
  private final ColumnCast cast = new ColumnCast(ZoneOffset.UTC);
  private final List<Computation.Input> inputs = new ArrayList<>();
  private final InputSchema schema;
  private final List<ColumnSpec> all;

  /** What each input is for the rows' SQL: itself, or what its column's SQL makes of it. */
  private final List<Expression> values = new ArrayList<>();

  private final ColumnScripts scripts;

  /**
   * @param plain the transform without its SQL
   * @param scripts by name of the column, in their order
   * @param session gives the time that it is in the SQL
   * @param reasons to which is added, in full sentences, what cannot be executed
   */
  SqlTranslator(
      TransformSpec plain,
      Map<String, String> scripts,
      SessionSettings session,
      List<String> reasons) {
    this.plain = plain;
    this.reasons = reasons;
    this.parser = ExpressionParser.clickHouse(session);
    List<ColumnSpec> all = new ArrayList<>(plain.columns());
    all.addAll(plain.effectiveRowRules().unstored());
    List<InputSchema.Field> fields = new ArrayList<>();
    for (ColumnSpec column : all) {
      ValueType type = type(column);
      fields.add(new InputSchema.Field(column.name(), type));
      values.add(new Expression.Input(values.size(), type));
    }
    this.schema = new InputSchema(fields);
    this.scripts = new ColumnScripts(all, schema, scripts, reasons);
    for (int i = 0; i < all.size(); i++) {
      ColumnSpec read = this.scripts.denullifiesLate(i) ? withNulls(all.get(i)) : all.get(i);
      inputs.add(
          new Computation.Input(isPrimary(read) ? anyTime(read) : read, fields.get(i).type()));
    }
    this.all = all;
  }

  private static ValueType type(ColumnSpec column) {
    return switch (column.type()) {
      case STRING -> ValueType.VARCHAR;
      case BOOLEAN -> ValueType.BOOLEAN;
      case INT32, INT64, UINT64 -> ValueType.BIGINT;
      case DOUBLE -> ValueType.DOUBLE;
      case TIMESTAMP -> ValueType.TIMESTAMP;
      case JSON -> isOfTexts(column) ? ValueType.VARCHAR_ARRAY : ValueType.JSON;
    };
  }

  private static boolean isOfTexts(ColumnSpec column) {
    return column.effectiveRules().elements().orElse(null) instanceof Elements.Array array
        && array.element().type() == ColumnType.STRING;
  }

  private boolean isPrimary(ColumnSpec column) {
    return column.name().equals(plain.timeColumn());
  }

  /** What its row is rejected for is looked at in the end. */
  private static ColumnSpec anyTime(ColumnSpec primary) {
    ColumnRules rules = primary.effectiveRules();
    Optional<TimeLimits> limits =
        rules
            .timeLimits()
            .map(l -> new TimeLimits(l.precision(), l.first(), l.last(), false, Optional.empty()));
    return primary.withRules(
        new ColumnRules(rules.denullify(), rules.emptyIsNull(), limits, rules.elements()));
  }

  /**
   * The whole transform; empty if something of it cannot be executed.
   *
   * @param columns SQL by name of the column
   * @param rows SQL over the rows; empty for none
   */
  Optional<TransformSpec> translate(Map<String, String> columns, String rows) {
    scripts.run(cast, values);
    for (int i = 0; i < values.size(); i++) {
      if (scripts.denullifiesLate(i)) {
        values.set(i, notNull(all.get(i), values.get(i)));
      }
    }
    List<Expression> scripted = List.copyOf(values);
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.get(i).column().name();
      if (columns.containsKey(name)) {
        column(i, name, columns.get(name), scripted);
      }
    }
    Map<String, Expression> selected = new HashMap<>();
    Optional<Expression> filter = Optional.empty();
    if (rows.isEmpty()) {
      for (int i = 0; i < inputs.size(); i++) {
        selected.put(inputs.get(i).column().name(), values.get(i));
      }
    } else {
      filter = query(rows, selected);
    }
    if (!reasons.isEmpty()) {
      return Optional.empty();
    }
    List<ColumnSpec> stored = new ArrayList<>();
    List<Expression> mappings = new ArrayList<>();
    for (ColumnSpec column : plain.columns()) {
      map(column, Optional.ofNullable(selected.get(column.name())), stored, mappings);
    }
    return reasons.isEmpty()
        ? Optional.of(
            new TransformSpec(
                plain.format(),
                plain.layers(),
                stored,
                plain.timeColumn(),
                plain.nullValues(),
                plain.rowRules(),
                Optional.of(new Computation(inputs, filter, mappings))))
        : Optional.empty();
  }

  private void column(int input, String name, String sql, List<Expression> scripted) {
    Parsed parsed = parser.parse(sql, schema);
    if (parsed instanceof Parsed.Valid valid) {
      values.set(input, ColumnScripts.inserted(valid.expression(), scripted));
    } else {
      for (Parsed.Problem problem : ((Parsed.Invalid) parsed).problems()) {
        reasons.add(
            "Column %s: its sql_expression cannot be executed: %s"
                .formatted(name, problem.message()));
      }
    }
  }

  private Optional<Expression> query(String sql, Map<String, Expression> selected) {
    ParsedQuery parsed = parser.parseQuery(sql, schema);
    if (parsed instanceof ParsedQuery.Valid valid) {
      valid.items().forEach(item -> selected.put(item.name(), inserted(item.expression())));
      return valid.filter().map(this::inserted);
    }
    for (String message : ((ParsedQuery.Invalid) parsed).messages()) {
      reasons.add("The transform's sql_transform cannot be executed: " + message);
    }
    return Optional.empty();
  }

  /** With what scripts and columns' SQL make of the inputs. */
  private Expression inserted(Expression expression) {
    return ColumnScripts.inserted(expression, values);
  }

  private static ColumnSpec withNulls(ColumnSpec column) {
    ColumnRules rules = column.effectiveRules();
    return column.withRules(
        new ColumnRules(false, rules.emptyIsNull(), rules.timeLimits(), rules.elements()));
  }

  private void map(
      ColumnSpec column,
      Optional<Expression> selected,
      List<ColumnSpec> stored,
      List<Expression> mappings) {
    boolean same =
        selected.isPresent()
            && selected.get() instanceof Expression.Input input
            && inputs.get(input.index()).column().equals(column);
    if (same) {
      stored.add(column);
      mappings.add(selected.get());
      return;
    }
    if (selected.isEmpty() && isPrimary(column)) {
      reasons.add("The transform's sql_transform does not select its primary column.");
    }
    if (selected.isPresent() && catches(column)) {
      reasons.add(
          "Column %s catches fields; SQL must select it as it is.".formatted(column.name()));
      return;
    }
    Expression value = selected.orElse(Expression.Constant.none(ValueType.VARCHAR));
    Optional<Expression> made = cast.to(column.type(), signed(column, value));
    if (made.isEmpty()) {
      reasons.add(
          "Column %s: SQL gives %s, which its type cannot take."
              .formatted(column.name(), value.type()));
    } else {
      stored.add(computed(column));
      mappings.add(notNull(column, made.get()));
    }
  }

  /**
   * An unsigned value that is but taken over keeps all its bits, which a column of another type
   * cannot have.
   */
  private Expression signed(ColumnSpec column, Expression value) {
    boolean unsigned =
        value instanceof Expression.Input input
            && inputs.get(input.index()).column().type() == ColumnType.UINT64;
    return unsigned && column.type() != ColumnType.UINT64
        ? new Expression.Call(
            ScalarFunction.COALESCE,
            List.of(value, Expression.Constant.none(value.type())),
            value.type())
        : value;
  }

  private boolean catches(ColumnSpec column) {
    RowRules rules = plain.effectiveRowRules();
    return rules.catchAll().filter(column.name()::equals).isPresent()
        || rules.catchRejects().filter(column.name()::equals).isPresent();
  }

  private static ColumnSpec computed(ColumnSpec column) {
    Optional<TimeLimits> limits = column.effectiveRules().timeLimits();
    return new ColumnSpec(
        column.name(),
        column.fieldId(),
        column.type(),
        new ColumnSource.None(),
        column.timeFormat(),
        column.range(),
        Optional.empty(),
        List.of(),
        limits.map(l -> new ColumnRules(false, false, limits, Optional.empty())));
  }

  private Expression notNull(ColumnSpec column, Expression value) {
    if (!column.effectiveRules().denullify()) {
      return value;
    }
    Optional<String> given = column.defaultValue();
    return switch (value.type()) {
      case VARCHAR -> ColumnCast.orElse(value, given.orElse(""));
      case BIGINT ->
          ColumnCast.orElse(value, given.filter(d -> d.matches("-?\\d{1,18}")).orElse("0"));
      case DOUBLE, FLOAT ->
          ColumnCast.orElse(
              value, given.filter(d -> d.matches("-?\\d{1,18}(\\.\\d+)?")).orElse("0.0"));
      case BOOLEAN -> ColumnCast.orElse(value, given.filter("true"::equals).orElse("false"));
      case TIMESTAMP -> ColumnCast.orElse(value, "0");
      case JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY -> value;
    };
  }
}

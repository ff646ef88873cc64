package io.penstock.control.dialect.polaris;

import io.penstock.control.dialect.polaris.InputFields.InputField;
import io.penstock.control.expression.ExpressionParser;
import io.penstock.control.expression.InputSchema;
import io.penstock.control.expression.Parsed;
import io.penstock.control.expression.SessionSettings;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Computation;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Druid SQL, of the fields of a source, for the columns of a table. */
final class DruidExpressions implements Expressions {
  static final String TIME = "__time";

  private final FormatSettings format;
  private final Target target;
  private final boolean withoutNullBytes;
  private final SessionSettings session;
  private final InputFields fields;
  private final InputSchema schema;
  private final ExpressionParser parser;
  private final List<Computation.Input> inputs = new ArrayList<>();

  /**
   * @param withoutNullBytes whether U+0000 is taken out of the text of fields
   */
  DruidExpressions(
      SourceTranslation from, Target target, boolean withoutNullBytes, SessionSettings session) {
    this.format = from.format();
    this.fields = from.input();
    this.target = target;
    this.withoutNullBytes = withoutNullBytes;
    this.session = session;
    this.parser = ExpressionParser.druid(session);
    List<InputSchema.Field> known = new ArrayList<>();
    for (InputField field : fields.byName().values()) {
      Optional<ValueType> type = readable(field);
      type.ifPresent(t -> known.add(new InputSchema.Field(field.name(), t)));
      type.ifPresent(t -> inputs.add(new Computation.Input(column(field, t), t)));
    }
    this.schema = new InputSchema(known);
  }

  /** Fields of a line are text, also where they look like JSON. */
  private Optional<ValueType> readable(InputField field) {
    return Optional.of(field.type().type())
        .filter(type -> !(format.isText() && type == ValueType.JSON));
  }

  private ColumnSpec column(InputField field, ValueType type) {
    // Where values have types, they are read as what they are declared to be.
    boolean converted = format.format().typed() || type.columnType() == ColumnType.JSON;
    ColumnType stored = converted ? type.columnType() : ColumnType.STRING;
    return new ColumnSpec(
        field.name(),
        0,
        stored,
        field.source(),
        stored == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        format.isCsv() ? List.of("") : List.of());
  }

  @Override
  public Optional<TransformSpec> transform(
      List<Mapping> mappings, Optional<Mapping> filter, Problems problems) {
    List<MappedColumn> columns = new ArrayList<>();
    for (Mapping mapping : mappings) {
      mapping(mapping, problems).ifPresent(columns::add);
    }
    Optional<Expression> condition =
        filter.flatMap(one -> checked(parser.parseFilter(one.expression(), schema), one, problems));
    if (columns.size() < mappings.size()
        || columns.stream().noneMatch(column -> column.name().equals(TIME))
        || condition.isPresent() != filter.isPresent()) {
      return Optional.empty();
    }
    if (withoutNullBytes) {
      columns.replaceAll(column -> column.with(NullBytes.removed(column.expression())));
      condition = condition.map(NullBytes::removed);
    }
    MappedTransform transform = new MappedTransform(format, inputs);
    boolean rollsUp =
        target.settings().aggregate()
            || columns.stream().anyMatch(column -> column.measure().isPresent());
    if (!rollsUp) {
      return Optional.of(transform.of(columns, condition));
    }
    TimeResolution resolution = target.settings().timeResolution();
    columns.replaceAll(
        column ->
            column.name().equals(TIME)
                ? column.with(resolution.floor(column.expression()))
                : column);
    return Optional.of(transform.rolledUp(columns, condition));
  }

  private Optional<Expression> checked(Parsed parsed, Mapping mapping, Problems problems) {
    if (parsed instanceof Parsed.Valid valid) {
      return Optional.of(valid.expression());
    }
    for (Parsed.Problem problem : ((Parsed.Invalid) parsed).problems()) {
      String place = "line " + problem.line() + ", column " + problem.column();
      if (problem.later()) {
        problems.unsupportedAt(mapping.target(), place, problem.message());
      } else {
        problems.badAt(mapping.target(), place, problem.message());
      }
    }
    return Optional.empty();
  }

  private Optional<MappedColumn> mapping(Mapping mapping, Problems problems) {
    Parsed parsed = parser.parseColumn(mapping.expression(), schema);
    if (mapping.columnName().equals(TIME)) {
      return time(mapping, parsed, problems)
          .map(expression -> new MappedColumn(TIME, expression, Optional.empty()));
    }
    Optional<ColumnType> existing = target.typeOf(mapping.columnName());
    if (parsed instanceof Parsed.Aggregated aggregated) {
      return Optional.of(
          new MappedColumn(
                  mapping.columnName(), aggregated.argument(), Optional.of(aggregated.function()))
              .widenedTo(existing));
    }
    return checked(parsed, mapping, problems)
        .map(e -> new MappedColumn(mapping.columnName(), e, Optional.empty()).stored())
        .map(column -> column.widenedTo(existing));
  }

  private Optional<Expression> time(Mapping mapping, Parsed parsed, Problems problems) {
    if (parsed instanceof Parsed.Aggregated) {
      problems.bad(mapping.target(), "__time is what rows are combined by and no aggregation.");
      return Optional.empty();
    }
    if (parsed instanceof Parsed.Valid valid) {
      return time(mapping, valid.expression(), problems);
    }
    Optional<Computation.Input> decoded =
        format.format().typed()
            ? Optional.empty()
            : TimeInput.of(mapping.expression(), fields, session);
    if (decoded.isEmpty()) {
      return checked(parsed, mapping, problems);
    }
    inputs.add(decoded.get());
    return Optional.of(new Expression.Input(inputs.size() - 1, ValueType.TIMESTAMP));
  }

  private static Optional<Expression> time(
      Mapping mapping, Expression expression, Problems problems) {
    if (expression.type() == ValueType.TIMESTAMP) {
      return Optional.of(expression);
    }
    String function = expression.type() == ValueType.BIGINT ? "MILLIS_TO_TIMESTAMP" : "TIME_PARSE";
    problems.bad(
        mapping.target(),
        "__time must be TIMESTAMP but is %s. Use %s(%s)."
            .formatted(expression.type(), function, mapping.expression()));
    return Optional.empty();
  }
}

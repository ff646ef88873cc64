package io.penstock.control.dialect.polaris;

import io.penstock.control.dialect.polaris.InputFields.InputField;
import io.penstock.control.expression.ExpressionParser;
import io.penstock.control.expression.InputSchema;
import io.penstock.control.expression.Parsed;
import io.penstock.control.expression.SessionSettings;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.Computation;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Druid SQL. Fields of text and JSON that are only taken over go the decoder's short way;
 * everything else is computed, and of the fields only those are read that something needs.
 */
final class DruidExpressions implements Expressions {
  static final String TIME = "__time";

  private final FormatSettings format;
  private final SessionSettings session;
  private final InputFields fields;
  private final InputSchema schema;
  private final ExpressionParser parser;
  private final List<Computation.Input> inputs = new ArrayList<>();

  DruidExpressions(InputFields fields, FormatSettings format, SessionSettings session) {
    this.format = format;
    this.session = session;
    this.fields = fields;
    this.parser = ExpressionParser.druid(session);
    List<InputSchema.Field> known = new ArrayList<>();
    for (InputField field : fields.byName().values()) {
      Optional<ValueType> type = readable(field);
      type.ifPresent(t -> known.add(new InputSchema.Field(field.name(), t)));
      type.ifPresent(t -> inputs.add(new Computation.Input(column(field, t), t)));
    }
    this.schema = new InputSchema(known);
  }

  /** Cells of CSV are text, also where they look like JSON. */
  private Optional<ValueType> readable(InputField field) {
    return field.type().type().filter(type -> !(format.isCsv() && type == ValueType.JSON));
  }

  private ColumnSpec column(InputField field, ValueType type) {
    ColumnType stored = type == ValueType.JSON ? ColumnType.JSON : ColumnType.STRING;
    return new ColumnSpec(
        field.name(),
        0,
        stored,
        field.source(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        format.isCsv() ? List.of("") : List.of());
  }

  @Override
  public Optional<TransformSpec> transform(
      List<Mapping> mappings, Optional<Mapping> filter, Problems problems) {
    List<Optional<Expression>> parsed = new ArrayList<>();
    for (Mapping mapping : mappings) {
      parsed.add(mapping(mapping, problems));
    }
    Optional<Expression> condition =
        filter.flatMap(one -> checked(parser.parseFilter(one.expression(), schema), one, problems));
    if (parsed.isEmpty()
        || parsed.stream().anyMatch(Optional::isEmpty)
        || condition.isPresent() != filter.isPresent()) {
      return Optional.empty();
    }
    List<Expression> expressions = parsed.stream().map(Optional::orElseThrow).toList();
    if (mappings.stream().noneMatch(mapping -> mapping.columnName().equals(TIME))) {
      return Optional.empty();
    }
    boolean plain = condition.isEmpty() && expressions.stream().allMatch(this::isPlain);
    return Optional.of(
        plain ? plain(mappings, expressions) : computed(mappings, expressions, condition));
  }

  private Optional<Expression> checked(Parsed parsed, Mapping mapping, Problems problems) {
    if (parsed instanceof Parsed.Valid valid) {
      return Optional.of(valid.expression());
    }
    for (Parsed.Problem problem : ((Parsed.Invalid) parsed).problems()) {
      problems.badAt(
          mapping.target(),
          "line " + problem.line() + ", column " + problem.column(),
          problem.message());
    }
    return Optional.empty();
  }

  private Optional<Expression> mapping(Mapping mapping, Problems problems) {
    Parsed parsed = parser.parse(mapping.expression(), schema);
    boolean isTime = mapping.columnName().equals(TIME);
    if (parsed instanceof Parsed.Valid valid) {
      return isTime
          ? time(mapping, valid.expression(), problems)
          : Optional.of(stored(valid.expression()));
    }
    Optional<Computation.Input> decoded =
        isTime ? TimeInput.of(mapping.expression(), fields, session) : Optional.empty();
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

  /** Truth is 1 or 0, and a time that is not the row's is milliseconds. */
  private static Expression stored(Expression expression) {
    boolean asLong =
        expression.type() == ValueType.BOOLEAN || expression.type() == ValueType.TIMESTAMP;
    return asLong
        ? new Expression.Call(ScalarFunction.CAST, List.of(expression), ValueType.BIGINT)
        : expression;
  }

  private boolean isPlain(Expression expression) {
    return expression instanceof Expression.Input input
        && inputs.get(input.index()).column().type() == input.type().columnType();
  }

  private TransformSpec plain(List<Mapping> mappings, List<Expression> expressions) {
    List<ColumnSpec> columns = new ArrayList<>();
    for (int i = 0; i < mappings.size(); i++) {
      ColumnSpec read = inputs.get(((Expression.Input) expressions.get(i)).index()).column();
      columns.add(
          new ColumnSpec(
              mappings.get(i).columnName(),
              0,
              read.type(),
              read.source(),
              read.timeFormat(),
              Optional.empty(),
              Optional.empty(),
              read.nullValues()));
    }
    return new TransformSpec(format.format(), Compression.AUTO, columns, TIME, List.of());
  }

  private TransformSpec computed(
      List<Mapping> mappings, List<Expression> expressions, Optional<Expression> condition) {
    List<ColumnSpec> columns = new ArrayList<>();
    for (int i = 0; i < mappings.size(); i++) {
      ColumnType type = expressions.get(i).type().columnType();
      columns.add(
          new ColumnSpec(
              mappings.get(i).columnName(),
              0,
              type,
              new ColumnSource.None(),
              type == ColumnType.TIMESTAMP
                  ? Optional.of(new TimeFormat.Iso8601())
                  : Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of()));
    }
    UsedInputs used = new UsedInputs(inputs);
    List<Expression> renumbered = expressions.stream().map(used::renumbered).toList();
    Optional<Expression> filter = condition.map(used::renumbered);
    return new TransformSpec(
        format.format(),
        List.of(Compression.AUTO),
        columns,
        TIME,
        List.of(),
        Optional.empty(),
        Optional.of(new Computation(used.inputs(), filter, renumbered)));
  }
}

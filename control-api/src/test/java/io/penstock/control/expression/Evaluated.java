package io.penstock.control.expression;

import io.penstock.job.expression.Program;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Computation;
import io.penstock.spec.SpecJson;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Expressions as people see them: SQL in, texts out. All fields are read from text, as a record's
 * are; the row is evaluated among others, and by way of the JSON that a job is given.
 */
final class Evaluated {
  static final InputSchema SCHEMA =
      new InputSchema(
          List.of(
              new InputSchema.Field("s", ValueType.VARCHAR),
              new InputSchema.Field("t", ValueType.VARCHAR),
              new InputSchema.Field("n", ValueType.BIGINT),
              new InputSchema.Field("m", ValueType.BIGINT),
              new InputSchema.Field("d", ValueType.DOUBLE),
              new InputSchema.Field("f", ValueType.FLOAT),
              new InputSchema.Field("b", ValueType.BOOLEAN),
              new InputSchema.Field("ts", ValueType.TIMESTAMP),
              new InputSchema.Field("j", ValueType.JSON),
              new InputSchema.Field("nothing", ValueType.VARCHAR),
              new InputSchema.Field("nn", ValueType.BIGINT)));
  static final String[] ROW = {
    "Oslo",
    "7",
    "7",
    "-3",
    "2.5",
    "0.1",
    "true",
    "2024-02-29T13:45:06.789Z",
    "{\"a\":1}",
    null,
    null
  };
  static final ExpressionParser PARSER =
      ExpressionParser.druid(
          new SessionSettings(ZoneOffset.UTC, Instant.parse("2026-03-01T10:00:00.123456Z")));

  static final ExpressionParser CLICK_HOUSE =
      ExpressionParser.clickHouse(
          new SessionSettings(ZoneOffset.UTC, Instant.parse("2026-03-01T10:00:00.123456Z")));

  private Evaluated() {}

  /**
   * The value as text, {@code null} for none, an exclamation mark behind it if the row is warned.
   */
  static String of(String sql) {
    return of(PARSER, sql);
  }

  static String clickHouse(String sql) {
    return of(CLICK_HOUSE, sql);
  }

  /** Names with values, or that the row is dropped, or what is wrong with the query. */
  static String query(String sql) {
    ParsedQuery parsed = CLICK_HOUSE.parseQuery(sql, SCHEMA);
    if (parsed instanceof ParsedQuery.Invalid invalid) {
      return String.join(" ", invalid.messages());
    }
    ParsedQuery.Valid valid = (ParsedQuery.Valid) parsed;
    List<Expression> items = valid.items().stream().map(ParsedQuery.Item::expression).toList();
    Computation computation = computation(valid.filter(), items);
    RowBatch batch = batch(computation, List.<String[]>of(ROW));
    new Program(computation, items.size()).run(batch, (row, reason) -> {});
    if (batch.selectedRows() == 0) {
      return "dropped";
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      shown
          .append(i == 0 ? "" : ", ")
          .append(valid.items().get(i).name())
          .append('=')
          .append(shown(batch.column(i), items.get(i).type(), 0));
    }
    return shown.toString();
  }

  private static String of(ExpressionParser parser, String sql) {
    Parsed parsed = parser.parse(sql, SCHEMA);
    if (parsed instanceof Parsed.Invalid invalid) {
      return shown(invalid);
    }
    Expression expression = ((Parsed.Valid) parsed).expression();
    Computation computation = computation(Optional.empty(), List.of(expression));
    RowBatch batch = batch(computation, List.of(ROW, ROW, ROW));
    new Program(computation, 1).run(batch, (row, reason) -> {});
    String value = shown(batch.column(0), expression.type(), 1);
    return batch.warnedRows() > 0 ? value + "!" : value;
  }

  private static String shown(Parsed.Invalid invalid) {
    return invalid.problems().stream()
        .map(
            one ->
                "Problem[line=%d, column=%d, message=%s%s]"
                    .formatted(
                        one.line(), one.column(), one.later() ? "later: " : "", one.message()))
        .toList()
        .toString();
  }

  /** What a field becomes that is read from a text: the field's name, a colon and the text. */
  static String read(String fieldAndText) {
    int colon = fieldAndText.indexOf(':');
    String field = fieldAndText.substring(0, colon);
    String[] row = ROW.clone();
    for (int i = 0; i < row.length; i++) {
      if (SCHEMA.fields().get(i).name().equals(field)) {
        row[i] = fieldAndText.substring(colon + 1).replace("\"", "");
      }
    }
    Expression expression = ((Parsed.Valid) PARSER.parse(field, SCHEMA)).expression();
    Computation computation = computation(Optional.empty(), List.of(expression));
    RowBatch batch = batch(computation, List.<String[]>of(row));
    new Program(computation, 1).run(batch, (refused, reason) -> {});
    String value = shown(batch.column(0), expression.type(), 0);
    return batch.warnedRows() > 0 ? value + "!" : value;
  }

  /** {@code kept}, {@code dropped}, or why the row is refused. */
  static String filtered(String sql) {
    Parsed parsed = PARSER.parseFilter(sql, SCHEMA);
    if (parsed instanceof Parsed.Invalid invalid) {
      return shown(invalid);
    }
    Computation computation =
        computation(Optional.of(((Parsed.Valid) parsed).expression()), List.of(Types.whole(1)));
    RowBatch batch = batch(computation, List.<String[]>of(ROW));
    List<String> refused = new ArrayList<>();
    new Program(computation, 1).run(batch, (row, reason) -> refused.add(reason));
    if (!refused.isEmpty()) {
      return refused.toString();
    }
    return batch.selectedRows() == 1 ? "kept" : "dropped";
  }

  static Computation computation(Optional<Expression> filter, List<Expression> mappings) {
    List<Computation.Input> inputs =
        SCHEMA.fields().stream()
            .map(
                field ->
                    new Computation.Input(
                        new ColumnSpec(
                            field.name(),
                            0,
                            columnType(field),
                            new ColumnSource.Field(field.name()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of()),
                        field.type()))
            .toList();
    return SpecJson.read(
        SpecJson.write(new Computation(inputs, filter, mappings)), Computation.class);
  }

  private static ColumnType columnType(InputSchema.Field field) {
    return field.type() == ValueType.JSON ? ColumnType.JSON : ColumnType.STRING;
  }

  static RowBatch batch(Computation computation, List<String[]> rows) {
    int computed = computation.mappings().size();
    ColumnVector[] columns = new ColumnVector[computed + computation.inputs().size()];
    for (int i = 0; i < computed; i++) {
      columns[i] = new ColumnVector(computation.mappings().get(i).type().columnType());
    }
    for (int i = computed; i < columns.length; i++) {
      columns[i] = new ColumnVector(computation.inputs().get(i - computed).column().type());
    }
    RowBatch batch = new RowBatch(columns);
    for (int row = 0; row < rows.size(); row++) {
      for (int i = computed; i < columns.length; i++) {
        String text = rows.get(row)[i - computed];
        if (text != null) {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          columns[i].setText(row, bytes, 0, bytes.length);
        }
      }
      batch.endRow();
    }
    return batch;
  }

  static String shown(ColumnVector values, ValueType type, int row) {
    if (values.isNull(row)) {
      return "null";
    }
    return switch (type) {
      case BOOLEAN -> values.longAt(row) == 0 ? "false" : "true";
      case BIGINT -> Long.toString(values.longAt(row));
      case DOUBLE, FLOAT -> Double.toString(values.doubleAt(row));
      case TIMESTAMP ->
          Instant.ofEpochSecond(0)
              .plus(values.longAt(row), java.time.temporal.ChronoUnit.MICROS)
              .toString();
      case VARCHAR, JSON, VARCHAR_ARRAY, BIGINT_ARRAY, DOUBLE_ARRAY, FLOAT_ARRAY ->
          new String(
              values.text(), values.textStart(row), values.textLength(row), StandardCharsets.UTF_8);
    };
  }
}

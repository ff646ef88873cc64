package io.penstock.control.dialect.polaris;

import io.penstock.control.dialect.polaris.InputFields.InputField;
import io.penstock.control.expression.SessionSettings;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Computation;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TimeFormat.EpochUnit;
import io.penstock.spec.expression.ValueType;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times that are one to one a conversion of the decoder: {@code TIME_PARSE("f")} of a string,
 * {@code MILLIS_TO_TIMESTAMP("f")} of a long.
 */
final class TimeInput {
  private static final Pattern CALL =
      Pattern.compile(
          "\\s*(TIME_PARSE|MILLIS_TO_TIMESTAMP)\\s*\\(\\s*"
              + "(?:\"((?:[^\"]|\"\")+)\"|([A-Za-z_][A-Za-z0-9_]*))\\s*\\)\\s*",
          Pattern.CASE_INSENSITIVE);

  private TimeInput() {}

  /** Empty if the expression is not one of them. */
  static Optional<Computation.Input> of(
      String expression, InputFields fields, SessionSettings session) {
    Matcher call = CALL.matcher(expression);
    if (!call.matches() || !session.zone().normalized().equals(ZoneOffset.UTC)) {
      return Optional.empty();
    }
    boolean text = call.group(1).toUpperCase(Locale.ROOT).equals("TIME_PARSE");
    String name = call.group(2) == null ? call.group(3) : call.group(2).replace("\"\"", "\"");
    return fields
        .field(name)
        .filter(field -> field.type() == (text ? InputType.STRING : InputType.LONG))
        .map(field -> new Computation.Input(column(field, text), ValueType.TIMESTAMP));
  }

  private static ColumnSpec column(InputField field, boolean text) {
    // What cannot be converted is a row without a time, and is told so by this name.
    return new ColumnSpec(
        DruidExpressions.TIME,
        0,
        ColumnType.TIMESTAMP,
        field.source(),
        Optional.of(text ? new TimeFormat.Iso8601() : new TimeFormat.Epoch(EpochUnit.MILLISECONDS)),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}

package io.penstock.control.dialect.polaris;

import io.penstock.control.dialect.polaris.InputFields.InputField;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TimeFormat.EpochUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fields as they are, and for the time what is one to one a conversion of the decoder: {@code
 * TIME_PARSE("f")} of a string, {@code MILLIS_TO_TIMESTAMP("f")} of a long.
 */
final class PlainExpressions implements Expressions {
  static final String TIME = "__time";
  private static final String IDENTIFIER =
      "\\s*(?:\"((?:[^\"]|\"\")+)\"|([A-Za-z_][A-Za-z0-9_]*))\\s*";
  private static final Pattern FIELD = Pattern.compile(IDENTIFIER);
  private static final Pattern CALL =
      Pattern.compile("\\s*([A-Za-z_]+)\\s*\\(" + IDENTIFIER + "\\)\\s*");
  private static final List<String> RESERVED = List.of("null", "true", "false");

  /** An empty cell without quotes is no value; cells with quotes cannot be told from it. */
  private final boolean emptyIsNull;

  PlainExpressions(boolean emptyIsNull) {
    this.emptyIsNull = emptyIsNull;
  }

  @Override
  public Optional<ColumnSpec> column(Mapping mapping, InputFields input, Problems problems) {
    Matcher call = CALL.matcher(mapping.expression());
    boolean isTime = mapping.columnName().equals(TIME);
    if (isTime && call.matches()) {
      String function = call.group(1).toUpperCase(Locale.ROOT);
      if (function.equals("TIME_PARSE")) {
        return time(mapping, name(call, 2), input, InputType.STRING, problems);
      }
      if (function.equals("MILLIS_TO_TIMESTAMP")) {
        return time(mapping, name(call, 2), input, InputType.LONG, problems);
      }
    }
    Matcher field = FIELD.matcher(mapping.expression());
    if (!field.matches()
        || RESERVED.contains(mapping.expression().strip().toLowerCase(Locale.ROOT))) {
      problems.unsupported(
          mapping.target(),
          "Only an input field such as \"city\" can be mapped, and to __time TIME_PARSE or"
              + " MILLIS_TO_TIMESTAMP of a field. Compute the rest before loading.");
      return Optional.empty();
    }
    return field(mapping, name(field, 1), input, problems)
        .flatMap(one -> isTime ? plainTime(mapping, one, problems) : plain(mapping, one, problems));
  }

  private static String name(Matcher matcher, int group) {
    String quoted = matcher.group(group);
    return quoted == null ? matcher.group(group + 1) : quoted.replace("\"\"", "\"");
  }

  private static Optional<InputField> field(
      Mapping mapping, String name, InputFields input, Problems problems) {
    Optional<InputField> field = input.field(name);
    if (field.isEmpty()) {
      problems.bad(
          mapping.target(),
          "Unknown input field \"%s\".%s".formatted(name, Nearest.hint(name, input.names())));
    } else if (field.get().source() instanceof ColumnSource.None) {
      problems.bad(
          mapping.target(),
          "The input field \"" + name + "\" is not among the columns of formatSettings.");
    }
    return field;
  }

  private static Optional<ColumnSpec> time(
      Mapping mapping, String name, InputFields input, InputType wanted, Problems problems) {
    Optional<InputField> field = field(mapping, name, input, problems);
    if (field.isPresent() && field.get().type() != wanted) {
      problems.bad(
          mapping.target(),
          "The argument must be of type %s but \"%s\" is of type %s."
              .formatted(wanted.wireName(), name, field.get().type().wireName()));
      return Optional.empty();
    }
    TimeFormat format =
        wanted == InputType.STRING
            ? new TimeFormat.Iso8601()
            : new TimeFormat.Epoch(EpochUnit.MILLISECONDS);
    return field.map(one -> spec(TIME, ColumnType.TIMESTAMP, one, Optional.of(format), List.of()));
  }

  private static Optional<ColumnSpec> plainTime(
      Mapping mapping, InputField field, Problems problems) {
    if (field.type() == InputType.TIMESTAMP) {
      TimeFormat iso = new TimeFormat.Iso8601();
      return Optional.of(spec(TIME, ColumnType.TIMESTAMP, field, Optional.of(iso), List.of()));
    }
    String function = field.type() == InputType.LONG ? "MILLIS_TO_TIMESTAMP" : "TIME_PARSE";
    problems.bad(
        mapping.target(),
        "__time must be a TIMESTAMP but \"%s\" is of type %s. Use %s(\"%s\")."
            .formatted(field.name(), field.type().wireName(), function, field.name()));
    return Optional.empty();
  }

  private Optional<ColumnSpec> plain(Mapping mapping, InputField field, Problems problems) {
    Optional<ColumnType> stored =
        field.type() == InputType.TIMESTAMP ? Optional.empty() : field.type().stored();
    if (stored.isEmpty()) {
      problems.unsupported(
          mapping.target(),
          "A field of type %s cannot be stored. Declare \"%s\" as string, long, double or json."
              .formatted(field.type().wireName(), field.name()));
      return Optional.empty();
    }
    if (stored.get() == ColumnType.JSON && emptyIsNull) {
      problems.unsupported(
          mapping.target(), "Cells of CSV cannot be read as json. Declare the field as string.");
      return Optional.empty();
    }
    List<String> nulls = emptyIsNull && stored.get() == ColumnType.STRING ? List.of("") : List.of();
    return Optional.of(spec(mapping.columnName(), stored.get(), field, Optional.empty(), nulls));
  }

  private static ColumnSpec spec(
      String name,
      ColumnType type,
      InputField field,
      Optional<TimeFormat> format,
      List<String> nullValues) {
    return new ColumnSpec(
        name, 0, type, field.source(), format, Optional.empty(), Optional.empty(), nullValues);
  }
}

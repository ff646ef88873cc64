package io.penstock.spec;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One column of the rows a job writes.
 *
 * @param fieldId the column's Iceberg field id; 0 while the table has not been prepared
 * @param timeFormat how the input is written; given exactly for {@link ColumnType#TIMESTAMP}
 * @param range bounds beyond those of the type, for integers only
 * @param defaultValue the text used, and converted like input, when the value is absent or null
 * @param nullValues texts that mean null, beside the transform's own
 * @param rules absent if the usual ones of the type hold
 */
public record ColumnSpec(
    String name,
    int fieldId,
    ColumnType type,
    ColumnSource source,
    Optional<TimeFormat> timeFormat,
    Optional<IntegerRange> range,
    Optional<String> defaultValue,
    List<String> nullValues,
    Optional<ColumnRules> rules) {
  public ColumnSpec {
    Check.that(name != null && !name.isEmpty(), "name must not be empty");
    Check.that(fieldId >= 0, "fieldId of %s must not be negative but was %d", name, fieldId);
    Check.that(type != null, "type of %s must be given", name);
    Check.that(source != null, "source of %s must be given", name);
    Check.that(
        timeFormat.isPresent() == (type == ColumnType.TIMESTAMP),
        "timeFormat of %s must be given exactly for a timestamp, its type is %s",
        name,
        type);
    Check.that(
        range.isEmpty() || type == ColumnType.INT32 || type == ColumnType.INT64,
        "range of %s must be absent for type %s",
        name,
        type);
    nullValues = List.copyOf(nullValues);
    Check.that(
        type == ColumnType.TIMESTAMP || rules.flatMap(ColumnRules::timeLimits).isEmpty(),
        "timeLimits of %s must be absent for type %s",
        name,
        type);
    Check.that(
        type == ColumnType.JSON || rules.flatMap(ColumnRules::elements).isEmpty(),
        "elements of %s must be absent for type %s",
        name,
        type);
  }

  /** Under the usual rules. */
  public ColumnSpec(
      String name,
      int fieldId,
      ColumnType type,
      ColumnSource source,
      Optional<TimeFormat> timeFormat,
      Optional<IntegerRange> range,
      Optional<String> defaultValue,
      List<String> nullValues) {
    this(
        name, fieldId, type, source, timeFormat, range, defaultValue, nullValues, Optional.empty());
  }

  /**
   * The same as a column of another kind of whole numbers of 64 bits, of those that both have: what
   * the table has decides.
   */
  public ColumnSpec asWhole(ColumnType other) {
    Check.that(
        type.isLong() && other.isLong(), "%s must hold longs but was %s for %s", name, type, other);
    Optional<IntegerRange> narrowed =
        other == ColumnType.UINT64 ? Optional.empty() : Optional.of(IntegerRange.NOT_NEGATIVE);
    return type == other
        ? this
        : new ColumnSpec(
            name, fieldId, other, source, timeFormat, narrowed, defaultValue, nullValues, rules);
  }

  /** Whether all but the field id is the same. */
  boolean readsSameAs(ColumnSpec other) {
    return withFieldId(0).equals(other.withFieldId(0));
  }

  public ColumnSpec withRules(ColumnRules newRules) {
    return new ColumnSpec(
        name,
        fieldId,
        type,
        source,
        timeFormat,
        range,
        defaultValue,
        nullValues,
        Optional.of(newRules));
  }

  public ColumnSpec withFieldId(int newFieldId) {
    return new ColumnSpec(
        name, newFieldId, type, source, timeFormat, range, defaultValue, nullValues, rules);
  }

  /** As it is for a task planned then. */
  ColumnSpec plannedAt(Instant planned) {
    return rules.map(r -> withRules(r.plannedAt(planned))).orElse(this);
  }

  /** The rules, usual or not. */
  public ColumnRules effectiveRules() {
    return rules.orElse(ColumnRules.USUAL);
  }
}

package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnRules;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.IntegerRange;
import io.penstock.spec.RejectCode;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Converts one column's values and puts them into its vector. One for each thread. */
final class ColumnConverter {
  private static final IntegerRange INT32 = new IntegerRange(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final IntegerRange INT64 = new IntegerRange(Long.MIN_VALUE, Long.MAX_VALUE);

  private final ColumnSpec column;
  private final Set<String> nullValues;
  private final IntegerRange range;
  private final String integerFunction;
  private final Optional<Timestamps> timestamps;
  private final ColumnRules rules;
  private final Optional<ElementsConverter> elements;
  private final Utf8 utf8 = new Utf8();

  /**
   * @param nullValues of the transform
   * @throws IllegalArgumentException if the default is not of the column's type
   */
  ColumnConverter(ColumnSpec column, List<String> nullValues) {
    this.column = column;
    this.nullValues = new HashSet<>(nullValues);
    this.nullValues.addAll(column.nullValues());
    this.range = range(column);
    this.integerFunction = range.min() >= 0 ? "ParseUint" : "ParseInt";
    this.rules = column.effectiveRules();
    this.timestamps =
        column
            .timeFormat()
            .map(format -> LimitedTimestamps.of(Timestamps.of(format), rules.timeLimits()));
    this.elements = rules.elements().map(e -> ElementsConverter.of(e, nullValues));
    column.defaultValue().ifPresent(this::checkDefault);
  }

  /** What an integer column accepts; an unsigned one more than that. */
  static IntegerRange range(ColumnSpec column) {
    IntegerRange usual =
        switch (column.type()) {
          case INT32 -> INT32;
          case UINT64 -> IntegerRange.NOT_NEGATIVE;
          default -> INT64;
        };
    return column.range().orElse(usual);
  }

  private void checkDefault(String text) {
    try {
      put(FieldKind.TEXT, text, new ColumnVector(column.type()), 0);
    } catch (Unconvertible e) {
      throw new IllegalArgumentException(
          "default of " + column.name() + " must be convertible but: " + e.getMessage(), e);
    }
  }

  /**
   * Null takes the default.
   *
   * @return whether the row has a value now
   */
  boolean convert(FieldKind kind, String text, ColumnVector vector, int row) throws Unconvertible {
    if (!isNull(kind, text)) {
      put(kind, text, vector, row);
    } else if (column.defaultValue().isPresent()) {
      put(FieldKind.TEXT, column.defaultValue().get(), vector, row);
    } else {
      vector.setNull(row);
    }
    return !vector.isNull(row) || denullify(vector, row);
  }

  /** Null, since the value is not of the column's type and has gone elsewhere. */
  void setCaught(ColumnVector vector, int row) {
    vector.setNull(row);
    denullify(vector, row);
  }

  /**
   * The default does not stand in for what has been given and cannot be kept, unless the column is
   * to be without nulls.
   *
   * @return whether the row has a value now
   */
  private boolean denullify(ColumnVector vector, int row) {
    if (!rules.denullify()) {
      return false;
    }
    if (column.defaultValue().isPresent()) {
      try {
        put(FieldKind.TEXT, column.defaultValue().get(), vector, row);
      } catch (Unconvertible e) {
        throw new IllegalStateException("the default has been checked", e);
      }
    }
    if (vector.isNull(row)) {
      putZero(vector, row);
    }
    return true;
  }

  private void putZero(ColumnVector vector, int row) {
    switch (column.type()) {
      case INT32, INT64, UINT64, BOOLEAN, TIMESTAMP -> vector.setLong(row, 0);
      case DOUBLE -> vector.setDouble(row, 0);
      case STRING -> putText("", vector, row);
      case JSON -> putText(elements.map(ElementsConverter::zero).orElse("{}"), vector, row);
    }
  }

  private boolean isNull(FieldKind kind, String text) {
    return switch (kind) {
      case ABSENT -> true;
      case STRING, TEXT -> (text.isEmpty() && !mayBeEmpty(kind)) || nullValues.contains(text);
      case NUMBER -> nullValues.contains(text);
      case TRUE, FALSE, NESTED -> false;
    };
  }

  private boolean mayBeEmpty(FieldKind kind) {
    return column.type() == ColumnType.STRING
        || (column.type() == ColumnType.JSON && kind == FieldKind.STRING && !rules.emptyIsNull());
  }

  private void put(FieldKind kind, String text, ColumnVector vector, int row) throws Unconvertible {
    switch (column.type()) {
      case INT32, INT64, UINT64 -> vector.setLong(row, integer(kind, text));
      case DOUBLE -> vector.setDouble(row, floating(kind, text));
      case BOOLEAN -> vector.setLong(row, truth(kind, text) ? 1 : 0);
      case TIMESTAMP -> putTime(kind, text, vector, row);
      case STRING -> putText(text, vector, row);
      case JSON ->
          putText(
              elements.isPresent() ? elements.get().convert(kind, text) : json(kind, text),
              vector,
              row);
    }
  }

  private void putTime(FieldKind kind, String text, ColumnVector vector, int row)
      throws Unconvertible {
    long micros = timestamps.orElseThrow().parse(kind, text);
    if (micros == Timestamps.OUTSIDE) {
      vector.setNull(row);
    } else {
      vector.setLong(row, micros);
    }
  }

  private long integer(FieldKind kind, String text) throws Unconvertible {
    if (kind == FieldKind.TRUE || kind == FieldKind.FALSE) {
      return kind == FieldKind.TRUE ? 1 : 0;
    }
    if (column.type() == ColumnType.UINT64) {
      return Numbers.parseUnsigned(text, integerFunction);
    }
    long value = Numbers.parseLong(text, integerFunction);
    if (value < range.min() || value > range.max()) {
      throw Numbers.outOfRange(text, integerFunction);
    }
    return value;
  }

  private static double floating(FieldKind kind, String text) throws Unconvertible {
    if (kind == FieldKind.TRUE || kind == FieldKind.FALSE) {
      throw Numbers.invalid(text, "ParseFloat");
    }
    return Numbers.parseDouble(text);
  }

  /** {@code false} and zero are false; all else is true, as it is for the products we speak for. */
  private static boolean truth(FieldKind kind, String text) throws Unconvertible {
    return switch (kind) {
      case TRUE, NESTED -> true;
      case FALSE, ABSENT -> false;
      case NUMBER -> Numbers.parseDouble(text) != 0;
      case STRING, TEXT -> !text.equals("0") && !text.toLowerCase(Locale.ROOT).equals("false");
    };
  }

  private static String json(FieldKind kind, String text) throws Unconvertible {
    return switch (kind) {
      case STRING -> CompactJson.quoted(text);
      case TEXT ->
          CompactJson.parse(text)
              .orElseThrow(
                  () ->
                      new Unconvertible(
                          RejectCode.TYPE_MISMATCH,
                          "parsing \"" + Numbers.shown(text) + "\": not JSON"));
      case ABSENT, NUMBER, TRUE, FALSE, NESTED -> text;
    };
  }

  private void putText(String text, ColumnVector vector, int row) {
    ByteBuffer bytes = utf8.encode(text);
    vector.setText(row, bytes.array(), bytes.arrayOffset(), bytes.remaining());
  }
}

package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnRules;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts one column's values, still the bytes of their record, into the column's vector, making no
 * objects for values of the usual kind. What comes out is what {@link ColumnConverter} would have
 * made of the same text; values that a reader does not know are given to it.
 *
 * <p>The bytes between {@code from} and {@code to} are UTF-8, and {@link Words#PADDING} bytes
 * behind them exist. One for each thread.
 */
abstract class ColumnReader {
  private final ColumnConverter converter;
  private final NullTexts nullTexts;
  private final Optional<DefaultValue> defaultValue;
  private final boolean emptyStringIsNull;
  private final boolean emptyTextIsNull;

  /** Where the values go. */
  final ColumnVector vector;

  ColumnReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    this.converter = new ColumnConverter(column, nullValues);
    List<String> all = new ArrayList<>(nullValues);
    all.addAll(column.nullValues());
    this.nullTexts = new NullTexts(all);
    ColumnRules rules = column.effectiveRules();
    this.defaultValue =
        column.defaultValue().isPresent() || rules.denullify()
            ? Optional.of(new DefaultValue(converter, column))
            : Optional.empty();
    this.emptyTextIsNull = column.type() != ColumnType.STRING;
    this.emptyStringIsNull =
        emptyTextIsNull && (column.type() != ColumnType.JSON || rules.emptyIsNull());
    this.vector = vector;
  }

  /**
   * @param nullValues of the transform
   */
  static ColumnReader of(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    return switch (column.type()) {
      case INT32, INT64, UINT64 -> new IntegerReader(column, nullValues, vector);
      case DOUBLE -> new DoubleReader(column, nullValues, vector);
      case BOOLEAN -> new BooleanReader(column, nullValues, vector);
      case TIMESTAMP -> new TimestampReader(column, nullValues, vector);
      case STRING -> new StringReader(column, nullValues, vector);
      case JSON ->
          column.effectiveRules().elements().isPresent()
              ? new ElementsReader(column, nullValues, vector)
              : new JsonReader(column, nullValues, vector);
    };
  }

  /**
   * Sets the row's value, or null.
   *
   * @param kind not {@link FieldKind#ABSENT}
   * @param to behind the value; for {@link FieldKind#STRING} and {@link FieldKind#NESTED} without
   *     quotes and escapes, or blanks, of the format
   * @return false if the value is not of the column's type: the record has to be rejected, with a
   *     reason that the exact way of decoding finds
   */
  abstract boolean read(FieldKind kind, byte[] bytes, int from, int to, int row);

  /** Sets the row to the default, or null. */
  final void absent(int row) {
    if (defaultValue.isPresent()) {
      defaultValue.get().copyTo(vector, row);
    } else {
      vector.setNull(row);
    }
  }

  /** Whether {@link #absent} must be called for rows that do not have the column. */
  final boolean hasDefault() {
    return defaultValue.isPresent();
  }

  final boolean isNull(FieldKind kind, byte[] bytes, int from, int to) {
    // Most values are told by their length, which needs no look at their kind.
    return (from == to || nullTexts.mayContain(to - from)) && isNullText(kind, bytes, from, to);
  }

  private boolean isNullText(FieldKind kind, byte[] bytes, int from, int to) {
    return switch (kind) {
      case ABSENT -> true;
      case STRING -> (from == to && emptyStringIsNull) || nullTexts.contains(bytes, from, to);
      case TEXT -> (from == to && emptyTextIsNull) || nullTexts.contains(bytes, from, to);
      case NUMBER -> nullTexts.contains(bytes, from, to);
      case TRUE, FALSE, NESTED -> false;
    };
  }

  /** By way of text, for values that are rare. */
  final boolean exactly(FieldKind kind, byte[] bytes, int from, int to, int row) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    try {
      converter.convert(kind, text, vector, row);
      return true;
    } catch (Unconvertible e) {
      return false;
    }
  }
}

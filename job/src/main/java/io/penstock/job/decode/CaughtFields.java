package io.penstock.job.decode;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.RowRules;
import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.Optional;

/**
 * Fields of one record that a column takes because no other can. Used again and again; one for each
 * thread.
 */
final class CaughtFields {
  private final int column;
  private final boolean asTexts;
  private final StringBuilder json = new StringBuilder();

  private CaughtFields(int column, boolean asTexts) {
    this.column = column;
    this.asTexts = asTexts;
  }

  /** Those that nothing claims. */
  static Optional<CaughtFields> unclaimed(TransformSpec transform) {
    return transform.rowRules().flatMap(RowRules::catchAll).map(name -> of(transform, name));
  }

  /** Those that could not be converted. */
  static Optional<CaughtFields> rejects(TransformSpec transform) {
    return transform.rowRules().flatMap(RowRules::catchRejects).map(name -> of(transform, name));
  }

  private static CaughtFields of(TransformSpec transform, String name) {
    List<ColumnSpec> columns = transform.columns();
    int column = 0;
    while (!columns.get(column).name().equals(name)) {
      column++;
    }
    return new CaughtFields(column, columns.get(column).type() == ColumnType.JSON);
  }

  /** The index of the column that takes them. */
  int column() {
    return column;
  }

  void clear() {
    json.setLength(0);
  }

  void add(String name, JsonValue value) {
    json.append(json.length() == 0 ? '{' : ',')
        .append(CompactJson.quoted(name))
        .append(':')
        .append(asTexts ? value.jsonOfText() : value.json());
  }

  /** Gives them to the column; without any it has nothing. */
  void put(Fields fields) {
    if (json.length() > 0) {
      json.append('}');
      fields.set(column, FieldKind.NESTED, json.toString());
    } else {
      fields.set(column, FieldKind.ABSENT, "");
    }
  }
}

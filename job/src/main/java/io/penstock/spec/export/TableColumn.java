package io.penstock.spec.export;

import io.penstock.spec.Check;
import io.penstock.spec.ColumnType;

/**
 * A column of a table's files.
 *
 * @param fieldId the column's Iceberg field id; where a file has none it is found by name, 0 is
 *     always found by name
 * @param type what is read; text that is declared to be JSON is {@link ColumnType#JSON}
 */
public record TableColumn(String name, int fieldId, ColumnType type) {
  public TableColumn {
    Check.that(name != null && !name.isEmpty(), "name must not be empty");
    Check.that(fieldId >= 0, "fieldId of %s must not be negative but was %d", name, fieldId);
    Check.that(type != null, "type of %s must be given", name);
  }
}

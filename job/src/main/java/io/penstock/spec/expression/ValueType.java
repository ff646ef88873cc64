package io.penstock.spec.expression;

import io.penstock.spec.ColumnType;

/** What an expression's values are. */
public enum ValueType {
  VARCHAR(ColumnType.STRING),
  BOOLEAN(ColumnType.BOOLEAN),
  /** 64 bits, signed. */
  BIGINT(ColumnType.INT64),
  DOUBLE(ColumnType.DOUBLE),
  /** A double that is always rounded to 32 bits. */
  FLOAT(ColumnType.DOUBLE),
  /** Microseconds since the epoch. */
  TIMESTAMP(ColumnType.TIMESTAMP),
  /** Compact JSON text. */
  JSON(ColumnType.JSON),
  /** A JSON array of texts and nulls, as compact JSON text; so are the other arrays. */
  VARCHAR_ARRAY(ColumnType.JSON),
  BIGINT_ARRAY(ColumnType.JSON),
  DOUBLE_ARRAY(ColumnType.JSON),
  /** Of doubles that are rounded to 32 bits. */
  FLOAT_ARRAY(ColumnType.JSON);

  private final ColumnType columnType;

  ValueType(ColumnType columnType) {
    this.columnType = columnType;
  }

  /** How values are held in a column. */
  public ColumnType columnType() {
    return columnType;
  }

  /**
   * Whether a column of the type holds such values as they are; small numbers are whole ones. What
   * an unsigned one holds beyond them, expressions see as null.
   */
  public boolean isHeldBy(ColumnType type) {
    return type == columnType
        || (this == BIGINT && (type == ColumnType.INT32 || type == ColumnType.UINT64));
  }

  public boolean isNumber() {
    return this == BIGINT || this == DOUBLE || this == FLOAT;
  }

  public boolean isArray() {
    return this == VARCHAR_ARRAY
        || this == BIGINT_ARRAY
        || this == DOUBLE_ARRAY
        || this == FLOAT_ARRAY;
  }
}

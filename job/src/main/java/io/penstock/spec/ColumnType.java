package io.penstock.spec;

/** What a column holds. */
public enum ColumnType {
  /** UTF-8 text. */
  STRING,
  BOOLEAN,
  /** 32-bit signed. */
  INT32,
  /** 64-bit signed. */
  INT64,
  /** 64-bit floating point. */
  DOUBLE,
  /** Microseconds since the epoch, UTC. */
  TIMESTAMP,
  /** Any JSON value, kept as compact JSON text. */
  JSON
}

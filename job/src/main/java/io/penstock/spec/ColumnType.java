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
  /** 64-bit unsigned; in a long that is negative from 2^63 on. */
  UINT64,
  /** 64-bit floating point. */
  DOUBLE,
  /** Microseconds since the epoch, UTC. */
  TIMESTAMP,
  /** Any JSON value, kept as compact JSON text. */
  JSON;

  /** Whether it is of whole numbers of 64 bits. */
  public boolean isLong() {
    return this == INT64 || this == UINT64;
  }
}

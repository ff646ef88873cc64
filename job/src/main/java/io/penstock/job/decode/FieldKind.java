package io.penstock.job.decode;

/** How a field was written in its record. */
enum FieldKind {
  /** The record does not have it, or has JSON null. */
  ABSENT,
  /** A JSON string, unescaped. */
  STRING,
  /** Text of a format without types. */
  TEXT,
  /** A JSON number, digits as written. */
  NUMBER,
  TRUE,
  FALSE,
  /** A JSON object or array, compact. */
  NESTED
}

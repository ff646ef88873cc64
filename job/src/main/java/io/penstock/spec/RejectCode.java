package io.penstock.spec;

/** Why a row was rejected; a promise to clients: added to, never renamed. */
public enum RejectCode {
  /** Not JSON, or a quote without its end. */
  MALFORMED_ROW,
  /** JSON, but not an object. */
  NOT_AN_OBJECT,
  INVALID_UTF8,
  /** Longer than a record may be. */
  ROW_TOO_LARGE,
  /** A value that is not of its column's type. */
  TYPE_MISMATCH,
  /** A number beyond its column's range. */
  VALUE_OUT_OF_RANGE,
  /** No usable value in the time column. */
  NULL_TIMESTAMP,
  /** A filter that cannot be computed for the row. */
  EXPRESSION_ERROR,
  /** The time column lies further in the future than the table allows. */
  FUTURE_TIMESTAMP
}

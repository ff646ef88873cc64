package io.penstock.control.job;

/** What kind of trouble a job failed of; a promise to what is stored: added to, never renamed. */
public enum FailureKind {
  /** More rows were rejected than may be. */
  TOO_MANY_REJECTS,
  /** A row had no time, where that is not tolerated. */
  NULL_TIME,
  /** Nothing was found or loaded, where that is not tolerated. */
  NO_ROWS,
  /** An object or bucket is missing, denied, or changed while it was read. */
  SOURCE_UNREACHABLE,
  /** An object is truncated or damaged. */
  SOURCE_UNREADABLE,
  /** More objects were found than may be read. */
  TOO_MANY_OBJECTS,
  /** Rows are in more buckets of time than may be. */
  TOO_MANY_BUCKETS,
  /** More partitions were written than may be. */
  TOO_MANY_PARTITIONS,
  /** None of the above; the errors say what is known. */
  OTHER
}

package io.penstock.spec;

/**
 * What is known of a record without looking at it. Times are ISO 8601 texts, in columns of numbers
 * seconds or milliseconds since the epoch. They differ between two attempts at the same task.
 */
public enum AutomaticValue {
  /** When the record is decoded, in whole seconds. */
  CURRENT_TIME,
  CURRENT_TIME_MILLIS,
  /** When the task opened the record's object, in whole seconds. */
  RECEIVE_TIME,
  RECEIVE_TIME_MILLIS,
  /** The object's URL. */
  INPUT_FILENAME
}

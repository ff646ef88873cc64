package io.penstock.spec;

/**
 * Names of the job's Flink accumulators, all long. They cover the whole job, earlier attempts
 * included, and are live: exact when the job has ended, close before.
 */
public final class Accumulators {
  public static final String ROWS_READ = "penstock.rows.read";
  public static final String ROWS_WRITTEN = "penstock.rows.written";
  public static final String ROWS_FILTERED = "penstock.rows.filtered";
  public static final String ROWS_REJECTED = "penstock.rows.rejected";

  /** Of those written, of which something was lost. */
  public static final String ROWS_WITH_WARNING = "penstock.rows.with-warning";

  public static final String OBJECTS_DONE = "penstock.objects.done";
  public static final String STORED_BYTES = "penstock.bytes.stored";
  public static final String DECODED_BYTES = "penstock.bytes.decoded";

  /** Of an export's files, that the destination has. */
  public static final String BYTES_WRITTEN = "penstock.bytes.written";

  public static final String TASKS_STARTED = "penstock.tasks.started";

  /** Tasks read to their end; they are committed with the next checkpoint. */
  public static final String TASKS_READ = "penstock.tasks.read";

  public static final String TASKS_FAILED = "penstock.tasks.failed";

  private Accumulators() {}
}

package io.penstock.spec;

/** What becomes of a job when an object cannot be read: truncated, changed, gone or denied. */
public enum FailurePolicy {
  /** The job stops and fails. */
  FAIL_JOB,
  /** The object's task fails, the other tasks go on, and the job fails at the end. */
  FAIL_TASK,
  /** The task is run again without the object, which is named in the task's record. */
  SKIP_OBJECT
}

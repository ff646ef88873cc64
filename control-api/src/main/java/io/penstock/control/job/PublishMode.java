package io.penstock.control.job;

/** When a job's rows become visible in its table. */
public enum PublishMode {
  /** All at once, when the job has finished; a failed or canceled job shows nothing. */
  JOB,
  /** Task by task, as they finish. */
  TASK
}

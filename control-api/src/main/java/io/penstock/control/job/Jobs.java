package io.penstock.control.job;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a caller may do with jobs. Nothing here waits for Flink: wishes are recorded and the
 * reconciler acts on them. Thread-safe.
 */
public interface Jobs {
  /**
   * Durable when it returns.
   *
   * @throws JobException.NameTaken if the organization has a job of this name
   * @throws JobException.IdTaken if the id is in use
   */
  Job create(JobRequest request);

  Optional<Job> find(UUID organization, UUID id);

  /** What happened to the job, oldest first; empty if there is no such job. */
  List<JobEvent> events(UUID organization, UUID id);

  /**
   * All jobs of the organization, newest first, but those without an end, which nobody submitted.
   */
  List<Job> list(UUID organization);

  /** The newest job that loads into a table, also one without an end. */
  Optional<Job> newest(UUID organization, UUID table);

  /**
   * Asks for a stop with a savepoint. Final jobs stay as they are; one that was to be paused, or
   * is, is canceled for good.
   *
   * @throws JobException.NotFound if there is no such job
   */
  Job cancel(UUID organization, UUID id, Principal by);

  /**
   * Asks for a stop with a savepoint, after which the job waits to be taken up again. Final jobs
   * stay as they are.
   *
   * @throws JobException.NotFound if there is no such job
   */
  Job pause(UUID organization, UUID id, Principal by);

  /**
   * Takes a failed or canceled job up again with a new attempt that does what is left, also one
   * that is still being stopped. Others stay as they are.
   *
   * @throws JobException.NotFound if there is no such job
   */
  Job retry(UUID organization, UUID id, Principal by);

  /**
   * As {@link #retry(UUID, UUID, Principal)}, to be done otherwise from now on: tasks that have a
   * record stay as they are, and the others follow the new definition.
   *
   * @throws JobException.NotFound if there is no such job
   */
  Job retry(UUID organization, UUID id, JobDefinition definition, Principal by);

  /**
   * Stops it if it is active, and removes the record. No data is removed.
   *
   * @throws JobException.NotFound if there is no such job
   */
  void delete(UUID organization, UUID id, Principal by);
}

package io.penstock.control.job;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where jobs are recorded. Thread-safe. */
public interface JobStore {
  /**
   * @throws JobException.NameTaken if the organization has a job of this name
   * @throws JobException.IdTaken if the id is in use
   */
  void insert(Job job, String who, String what);

  /** Not those being deleted. */
  Optional<Job> find(UUID organization, UUID id);

  /** What happened to the job, oldest first. */
  List<JobEvent> events(UUID organization, UUID id);

  /** Newest first; not those being deleted. */
  List<Job> list(UUID organization);

  /** The newest of a table; not one being deleted. */
  Optional<Job> newest(UUID organization, UUID table);

  /** Those that are not final, oldest first, those being deleted included. */
  List<Job> active();

  /** Whether the job is only waiting to be stopped and removed. */
  boolean deleting(UUID id);

  /**
   * Replaces the record that the job was made from, which has the same version.
   *
   * @return the job with its new version
   * @throws JobException.Stale if somebody else was faster
   */
  Job update(Job job, String who, String what);

  /** From now on nobody finds it; it is removed when it is final. */
  void markDeleting(UUID id, String who);

  void remove(UUID id);
}

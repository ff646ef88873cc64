package io.penstock.control.job;

import java.util.UUID;

/** What can be wrong with a request about a job. */
public abstract sealed class JobException extends RuntimeException {
  private JobException(String message) {
    super(message);
  }

  /** There is no such job for the caller. */
  public static final class NotFound extends JobException {
    public NotFound(UUID id) {
      super("There is no job " + id + ".");
    }
  }

  /** Another job of the organization has the name. */
  public static final class NameTaken extends JobException {
    public NameTaken(String name) {
      super("There is already a job named " + name + ".");
    }
  }

  /** Another job has the id. */
  public static final class IdTaken extends JobException {
    public IdTaken(UUID id) {
      super("There is already a job " + id + ".");
    }
  }

  /** The state machine does not allow it. */
  public static final class IllegalTransition extends JobException {
    public IllegalTransition(JobState from, JobState to) {
      super("A job that is " + from + " cannot become " + to + ".");
    }
  }

  /** What the job's rows are to take the place of cannot be told apart from what is to stay. */
  public static final class CannotReplace extends JobException {
    public CannotReplace(String message) {
      super(message);
    }
  }

  /** Somebody else changed the record since it was read. */
  public static final class Stale extends JobException {
    public Stale(UUID id, long version) {
      super("Job " + id + " is no longer at version " + version + ".");
    }
  }
}

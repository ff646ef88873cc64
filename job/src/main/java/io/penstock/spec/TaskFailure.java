package io.penstock.spec;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Why the listing or a task failed in an attempt.
 *
 * @param task absent for the listing
 * @param subject URL of the object, or of the bucket and prefix
 * @param reason what is wrong with it, for a person, without stack trace or class names
 */
public record TaskFailure(
    int version, OptionalInt task, FailureCode code, String subject, String reason, Instant at) {
  public static final int VERSION = 1;

  public TaskFailure {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
  }

  /** The kinds of trouble that trying again does not cure. */
  public enum FailureCode {
    NOT_FOUND,
    ACCESS_DENIED,
    /** The object is not the version that was listed. */
    OBJECT_CHANGED,
    /** Truncated or damaged compression, or compression that the transform does not name. */
    UNREADABLE,
    /** Nothing of the above; the reason says what is known. */
    OTHER
  }
}

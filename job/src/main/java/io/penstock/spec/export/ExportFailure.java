package io.penstock.spec.export;

import io.penstock.spec.Check;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Why an attempt of an export ended, after all that was tried within it.
 *
 * @param permanent whether another attempt must fail too
 * @param status of S3's answer; absent if there was none
 * @param code as S3 has it, such as {@code NoSuchBucket}; empty if there was no answer
 * @param reason what is wrong, for a person, without stack trace or class names
 */
public record ExportFailure(
    int version,
    Kind kind,
    boolean permanent,
    OptionalInt status,
    String code,
    String reason,
    Instant at) {
  public static final int VERSION = 1;

  private static final String SLOW_PART =
      "An intermittent `RequestTimeout` was raised while attempting to upload part ";

  public ExportFailure {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    Check.that(kind != null, "kind must be given");
    Check.that(code != null && reason != null, "code and reason must be given");
  }

  /** The reason when a part, tried again and again, was always too slow. */
  public static String slowPart(int number) {
    return SLOW_PART + number;
  }

  /** Whether it is a part that was too slow. */
  public boolean ofSlowPart() {
    return kind == Kind.DESTINATION && reason.startsWith(SLOW_PART);
  }

  /** Where the trouble is. */
  public enum Kind {
    /** The table's files cannot be read. */
    SOURCE,
    /** The destination refuses, or gives no answer. */
    DESTINATION,
    /** A key that S3 does not take. */
    KEY,
    /** An expression cannot be computed for a row. */
    QUERY,
    /** The values that files are divided by have too many combinations. */
    TOO_MANY_PARTITIONS
  }
}

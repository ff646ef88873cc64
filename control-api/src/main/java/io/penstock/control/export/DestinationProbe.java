package io.penstock.control.export;

import io.penstock.spec.S3Access;
import java.util.Optional;
import java.util.OptionalInt;

/** Tries out destinations, each try at most ten seconds. Thread-safe; nothing is thrown. */
public interface DestinationProbe {
  /** Asks for the bucket's head. */
  Optional<Trouble> bucket(S3Access access, String bucket);

  /** Writes a small object. */
  Optional<Trouble> put(S3Access access, String bucket, String key);

  Optional<Trouble> delete(S3Access access, String bucket, String key);

  /**
   * What went wrong.
   *
   * @param status of the answer; absent if there was none
   * @param reason for a person; never what the other side wrote, which may be of an inner network
   */
  record Trouble(OptionalInt status, String reason) {}
}

package io.penstock.control.job;

import java.util.Optional;
import java.util.UUID;

/**
 * Which job a caller's key stands for, so that a create whose reply was lost can be sent again. A
 * key is forgotten after a week. Thread-safe.
 */
public interface Submissions {
  Optional<Submission> find(UUID organization, String key);

  /**
   * Has the key stand for the job from now on, unless it stands for one already.
   *
   * @return what it stands for
   */
  Submission claim(UUID organization, String key, Submission wanted);

  /** Nothing came of it: the key is free. */
  void release(UUID organization, String key);

  /**
   * A create.
   *
   * @param job that it makes; it is claimed before the job is made, and may not exist yet
   * @param bodySha256 hexadecimal
   */
  record Submission(UUID job, String bodySha256) {}
}

package io.penstock.job.s3;

import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;
import java.util.Optional;

/** S3 said no, or gave no answer after all retries. The message is fit for a person. */
public final class ObjectStoreException extends IOException {
  private static final int NONE = 0;

  private final FailureCode code;
  private final boolean permanent;

  // Flink sends exceptions between processes, and sees what they are only if it can.
  private final int status;
  private final String answerCode;

  /**
   * @param permanent whether asking again cannot help
   */
  public ObjectStoreException(
      FailureCode code, boolean permanent, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.permanent = permanent;
    this.status = NONE;
    this.answerCode = "";
  }

  /**
   * @param permanent whether asking again cannot help
   */
  public ObjectStoreException(
      FailureCode code, boolean permanent, String message, Throwable cause, Answer answer) {
    super(message, cause);
    this.code = code;
    this.permanent = permanent;
    this.status = answer.status();
    this.answerCode = answer.code();
  }

  /**
   * What S3 said.
   *
   * @param code as S3 has it, such as {@code NoSuchBucket}; empty if it gave none
   */
  public record Answer(int status, String code) {}

  public FailureCode code() {
    return code;
  }

  /** Absent if S3 did not answer. */
  public Optional<Answer> answer() {
    return status == NONE ? Optional.empty() : Optional.of(new Answer(status, answerCode));
  }

  public boolean permanent() {
    return permanent;
  }
}

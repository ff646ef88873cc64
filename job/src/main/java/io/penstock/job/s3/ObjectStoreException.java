package io.penstock.job.s3;

import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;
import java.util.Optional;

/** S3 said no, or gave no answer after all retries. The message is fit for a person. */
public final class ObjectStoreException extends IOException {
  private final FailureCode code;
  private final boolean permanent;
  private final Optional<Answer> answer;

  /**
   * @param permanent whether asking again cannot help
   */
  public ObjectStoreException(
      FailureCode code, boolean permanent, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.permanent = permanent;
    this.answer = Optional.empty();
  }

  ObjectStoreException(
      FailureCode code, boolean permanent, String message, Throwable cause, Answer answer) {
    super(message, cause);
    this.code = code;
    this.permanent = permanent;
    this.answer = Optional.of(answer);
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
    return answer;
  }

  public boolean permanent() {
    return permanent;
  }
}

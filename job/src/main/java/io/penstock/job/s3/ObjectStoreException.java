package io.penstock.job.s3;

import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;

/** S3 said no, or gave no answer after all retries. The message is fit for a person. */
public final class ObjectStoreException extends IOException {
  private final FailureCode code;
  private final boolean permanent;

  /**
   * @param permanent whether asking again cannot help
   */
  public ObjectStoreException(
      FailureCode code, boolean permanent, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.permanent = permanent;
  }

  public FailureCode code() {
    return code;
  }

  public boolean permanent() {
    return permanent;
  }
}

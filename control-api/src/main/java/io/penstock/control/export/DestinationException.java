package io.penstock.control.export;

import java.io.IOException;
import java.util.OptionalInt;

/** A destination said no, or gave no answer after all retries. The message is fit for a person. */
public final class DestinationException extends IOException {
  private final OptionalInt status;
  private final String code;

  /**
   * @param status of the answer; absent if there was none
   * @param code as S3 has it, such as {@code NoSuchBucket}; empty if it gave none
   */
  public DestinationException(OptionalInt status, String code, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.code = code;
  }

  public OptionalInt status() {
    return status;
  }

  public String code() {
    return code;
  }
}

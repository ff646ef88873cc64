package io.penstock.control.export;

/** An attempt cannot begin, or go on. Carries no stack trace: it is told to the user. */
final class RunException extends Exception {
  private final transient RunFailure failure;

  RunException(RunFailure failure) {
    super(failure.text(), null, false, false);
    this.failure = failure;
  }

  /** One that the user has to correct. */
  static RunException user(String type, String message) {
    return new RunException(new RunFailure(RunFailure.Cause.USER, type, message));
  }

  RunFailure failure() {
    return failure;
  }
}

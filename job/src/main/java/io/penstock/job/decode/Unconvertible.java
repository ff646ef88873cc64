package io.penstock.job.decode;

import io.penstock.spec.RejectCode;

/** A value is not of its column's type. Carries no stack trace: bad values are ordinary. */
final class Unconvertible extends Exception {
  private final RejectCode code;

  Unconvertible(RejectCode code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  RejectCode code() {
    return code;
  }
}

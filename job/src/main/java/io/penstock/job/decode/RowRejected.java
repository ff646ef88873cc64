package io.penstock.job.decode;

import io.penstock.spec.RejectCode;
import java.util.Optional;

/** A record is not a row. Carries no stack trace: bad rows are ordinary. */
final class RowRejected extends Exception {
  private final RejectCode code;
  private final Optional<String> column;
  private final boolean firstLineOnly;

  private RowRejected(
      RejectCode code, Optional<String> column, String reason, boolean firstLineOnly) {
    super(reason, null, false, false);
    this.code = code;
    this.column = column;
    this.firstLineOnly = firstLineOnly;
  }

  static RowRejected record(RejectCode code, String reason) {
    return new RowRejected(code, Optional.empty(), reason, false);
  }

  /** Only the record's first line is at fault; the lines behind it are records of their own. */
  static RowRejected firstLine(RejectCode code, String reason) {
    return new RowRejected(code, Optional.empty(), reason, true);
  }

  static RowRejected value(RejectCode code, String column, String reason) {
    return new RowRejected(code, Optional.of(column), column + ": " + reason, false);
  }

  RejectCode code() {
    return code;
  }

  Optional<String> column() {
    return column;
  }

  boolean firstLineOnly() {
    return firstLineOnly;
  }
}

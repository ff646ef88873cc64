package io.penstock.control.export;

import io.penstock.control.export.RunFailure.Cause;
import io.penstock.spec.export.ExportFailure;
import java.util.OptionalInt;
import java.util.Set;

/** What jobs and destinations say, in the words that callers know. Pure. */
final class AttemptFailures {
  private static final String NO_BUCKET = "NoSuchBucket";
  private static final Set<String> PASSING =
      Set.of("RequestTimeout", "SlowDown", "RequestTimeTooSkewed");

  private AttemptFailures() {}

  static RunFailure of(ExportFailure failure) {
    return switch (failure.kind()) {
      case SOURCE ->
          new RunFailure(
              failure.permanent() ? Cause.USER : Cause.READING, "SourceError", failure.reason());
      case QUERY -> new RunFailure(Cause.USER, "InvalidQueryError", failure.reason());
      case KEY ->
          new RunFailure(
              Cause.USER, "InvalidS3Key", "An invalid S3 key was provided: " + failure.reason());
      case TOO_MANY_PARTITIONS ->
          new RunFailure(Cause.USER, "TooManyPartitionsError", failure.reason());
      case DESTINATION -> destination(failure);
    };
  }

  private static RunFailure destination(ExportFailure failure) {
    if (failure.ofSlowPart()) {
      return new RunFailure(Cause.WRITING, "IntermittentUploadPartTimeoutError", failure.reason());
    }
    RunFailure named = named(failure.status(), failure.code(), failure.reason());
    return failure.permanent() ? new RunFailure(Cause.USER, named.type(), named.message()) : named;
  }

  static RunFailure of(DestinationException failure) {
    return named(failure.status(), failure.code(), String.valueOf(failure.getMessage()));
  }

  private static RunFailure named(OptionalInt status, String code, String reason) {
    if (code.equals(NO_BUCKET)) {
      return new RunFailure(Cause.USER, NO_BUCKET, reason);
    }
    boolean refused =
        status.isPresent()
            && status.getAsInt() >= 400
            && status.getAsInt() < 500
            && status.getAsInt() != 408
            && status.getAsInt() != 429
            && !PASSING.contains(code);
    if (refused) {
      return new RunFailure(Cause.USER, "ClientError", reason);
    }
    String type = code.isEmpty() ? "EndpointConnectionError" : code;
    return new RunFailure(Cause.WRITING, type, reason);
  }
}

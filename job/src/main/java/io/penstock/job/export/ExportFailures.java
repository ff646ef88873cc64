package io.penstock.job.export;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskFailure.FailureCode;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportSpec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.OptionalInt;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down why an attempt ends. Flink does not try again: how often that is done, and when, is
 * the control API's to say.
 */
final class ExportFailures {
  private static final Logger LOG = LoggerFactory.getLogger(ExportFailures.class);

  /** The code of what does not resolve or takes no connection. */
  private static final String UNREACHABLE = "EndpointConnectionError";

  private static final String TIMED_OUT = "RequestTimeout";
  private static final String UPLOAD_GONE = "NoSuchUpload";
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final ExportSpec spec;
  private final ObjectStore storage;

  ExportFailures(ExportSpec spec, ObjectStore storage) {
    this.spec = spec;
    this.storage = storage;
  }

  /** What is to be thrown then. */
  FlinkRuntimeException of(ExportFailure.Kind kind, ObjectStoreException e) {
    boolean permanent =
        kind == ExportFailure.Kind.DESTINATION
            ? isRefusal(e) || isUnreachable(e)
            : e.permanent() && e.code() != FailureCode.OTHER;
    OptionalInt status =
        e.answer().isPresent() ? OptionalInt.of(e.answer().get().status()) : OptionalInt.empty();
    String code =
        e.answer()
            .map(ObjectStoreException.Answer::code)
            .orElse(isUnreachable(e) ? UNREACHABLE : "");
    return failed(kind, permanent, status, code, e);
  }

  /** The caller must change something; what came too slowly, too often or too late passes. */
  private static boolean isRefusal(ObjectStoreException e) {
    return e.answer()
        .filter(
            answer ->
                answer.status() >= FIRST_CLIENT_ERROR
                    && answer.status() < FIRST_SERVER_ERROR
                    && answer.status() != TOO_MANY_REQUESTS
                    && !answer.code().equals(TIMED_OUT)
                    && !answer.code().equals(UPLOAD_GONE))
        .isPresent();
  }

  private static boolean isUnreachable(ObjectStoreException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }

  /** What is to be thrown then. */
  FlinkRuntimeException permanent(ExportFailure.Kind kind, IOException e) {
    return failed(kind, true, OptionalInt.empty(), "", e);
  }

  private FlinkRuntimeException failed(
      ExportFailure.Kind kind, boolean permanent, OptionalInt status, String code, IOException e) {
    ExportFailure failure =
        new ExportFailure(
            ExportFailure.VERSION, kind, permanent, status, code, e.getMessage(), Instant.now());
    try {
      storage.put(spec.bucket(), spec.folder().failure(), SpecJson.write(failure));
    } catch (IOException unwritten) {
      LOG.warn("cannot write down why the export failed", unwritten);
    }
    return new FlinkRuntimeException(new SuppressRestartsException(e));
  }
}

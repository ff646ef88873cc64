package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request that is refused, in the product's words. */
final class PolarisError extends RuntimeException {
  private final int status;
  private final Problem problem;
  private final List<Problem> details;

  private PolarisError(int status, Problem problem, List<Problem> details) {
    super(problem.message());
    this.status = status;
    this.problem = problem;
    this.details = List.copyOf(details);
  }

  private static PolarisError of(int status, String code, String target, String message) {
    return new PolarisError(status, new Problem(code, message, target), List.of());
  }

  static PolarisError badArgument(String target, String message) {
    return of(400, Problem.BAD_ARGUMENT, target, message);
  }

  static PolarisError unsupported(String target, String message) {
    return of(400, Problem.UNSUPPORTED, target, message);
  }

  /** On transitions of jobs and where the product says 400. */
  static PolarisError stateConflict(String target, String message) {
    return of(400, Problem.STATE_CONFLICT, target, message);
  }

  static PolarisError conflict(String target, String message) {
    return of(409, Problem.STATE_CONFLICT, target, message);
  }

  static PolarisError exists(String target, String message) {
    return of(409, "AlreadyExists", target, message);
  }

  static PolarisError notFound(String target, String message) {
    return of(404, "ObjectNotFound", target, message);
  }

  static PolarisError denied(String permission) {
    return of(403, "PermissionDenied", "", "This needs the permission " + permission + ".");
  }

  static PolarisError mediaType(String given) {
    return mediaType(given, "application/json");
  }

  static PolarisError mediaType(String given, String wanted) {
    return of(
        415,
        "UnsupportedMediaType",
        "",
        "The body must be sent as " + wanted + " but the content type is " + given + ".");
  }

  static PolarisError tooLarge(String message) {
    return of(413, "PayloadTooLarge", "", message);
  }

  /** All problems at once; the first one gives code and target. */
  static PolarisError invalid(String what, List<Problem> problems) {
    Problem first = problems.get(0);
    if (problems.size() == 1) {
      return new PolarisError(400, first, List.of());
    }
    String message = "%d problems in this %s.".formatted(problems.size(), what);
    return new PolarisError(
        400, new Problem(first.code(), message, first.target(), first.place()), problems);
  }

  int status() {
    return status;
  }

  JsonNode body() {
    ObjectNode body = json(problem);
    if (!details.isEmpty()) {
      ArrayNode list = body.putArray("details");
      details.forEach(one -> list.add(json(one)));
    }
    return body;
  }

  static JsonNode ofStatus(int status, String message) {
    String code =
        switch (status) {
          case 401 -> "InvalidAuthentication";
          case 403 -> "PermissionDenied";
          case 404 -> "ObjectNotFound";
          case 409 -> Problem.STATE_CONFLICT;
          case 413 -> "PayloadTooLarge";
          case 415 -> "UnsupportedMediaType";
          case 429 -> "TooManyRequests";
          case 503 -> "Unavailable";
          default -> status < 500 ? Problem.BAD_ARGUMENT : "InternalError";
        };
    return json(new Problem(code, message, ""));
  }

  private static ObjectNode json(Problem problem) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("code", problem.code()).put("message", problem.message());
    if (!problem.target().isEmpty()) {
      body.put("target", problem.target());
    }
    if (!problem.place().isEmpty()) {
      body.putObject("innererror").put("code", "ValidationFailed").put("message", problem.place());
    }
    return body;
  }
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A request that is refused, in the product's words. */
final class PolarisError extends RuntimeException {
  private final int status;
  private final String code;
  private final String target;

  private PolarisError(int status, String code, String target, String message) {
    super(message);
    this.status = status;
    this.code = code;
    this.target = target;
  }

  static PolarisError badArgument(String target, String message) {
    return new PolarisError(400, "BadArgument", target, message);
  }

  static PolarisError unsupported(String target, String message) {
    return new PolarisError(400, "UnsupportedFeature", target, message);
  }

  static PolarisError stateConflict(String message) {
    return new PolarisError(400, "StateConflict", "desiredExecutionStatus", message);
  }

  static PolarisError notFound(String target, String message) {
    return new PolarisError(404, "ObjectNotFound", target, message);
  }

  int status() {
    return status;
  }

  JsonNode body() {
    return body(code, getMessage(), Optional.of(target));
  }

  static JsonNode ofStatus(int status, String message) {
    String code =
        switch (status) {
          case 401 -> "InvalidAuthentication";
          case 403 -> "PermissionDenied";
          case 404 -> "ObjectNotFound";
          case 409 -> "StateConflict";
          case 413 -> "PayloadTooLarge";
          case 415 -> "UnsupportedMediaType";
          case 429 -> "TooManyRequests";
          case 503 -> "Unavailable";
          default -> status < 500 ? "BadArgument" : "InternalError";
        };
    return body(code, message, Optional.empty());
  }

  private static JsonNode body(String code, String message, Optional<String> target) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("code", code).put("message", message);
    target.ifPresent(one -> body.put("target", one));
    return body;
  }
}

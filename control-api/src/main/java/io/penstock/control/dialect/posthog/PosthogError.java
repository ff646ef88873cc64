package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A request that is refused, in the product's words: the first thing that is wrong with it. */
final class PosthogError extends RuntimeException {
  static final String INVALID_INPUT = "invalid_input";
  private static final String VALIDATION = "validation_error";
  private static final String REQUEST = "invalid_request";
  private static final String AUTHENTICATION = "authentication_error";
  private static final String NOT_FOUND = "not_found";

  private final int status;
  private final String type;
  private final String code;
  private final Optional<String> attr;

  private PosthogError(int status, String type, String code, String detail, Optional<String> attr) {
    super(detail);
    this.status = status;
    this.type = type;
    this.code = code;
    this.attr = attr;
  }

  /**
   * @param attr the field; nested names joined by two underscores
   */
  static PosthogError invalid(String attr, String detail) {
    return invalid(attr, INVALID_INPUT, detail);
  }

  static PosthogError invalid(String attr, String code, String detail) {
    return new PosthogError(400, VALIDATION, code, detail, Optional.of(attr));
  }

  /** Of no one field. */
  static PosthogError invalid(String detail) {
    return new PosthogError(400, VALIDATION, INVALID_INPUT, detail, Optional.empty());
  }

  static PosthogError coded(int status, String type, String code, String detail) {
    return new PosthogError(status, type, code, detail, Optional.empty());
  }

  static PosthogError required(String attr) {
    return invalid(attr, "required", "This field is required.");
  }

  static PosthogError notNull(String attr) {
    return invalid(attr, "null", "This field may not be null.");
  }

  static PosthogError choice(String attr, String given) {
    return invalid(attr, "invalid_choice", "\"" + given + "\" is not a valid choice.");
  }

  static PosthogError denied(String detail) {
    return coded(403, AUTHENTICATION, "permission_denied", detail);
  }

  static PosthogError notFound(String detail) {
    return coded(404, REQUEST, NOT_FOUND, detail);
  }

  static PosthogError notFound() {
    return notFound("Not found.");
  }

  int status() {
    return status;
  }

  JsonNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", type).put("code", code).put("detail", getMessage());
    return attr.isPresent() ? body.put("attr", attr.get()) : body.putNull("attr");
  }

  /** What the server itself found. */
  static JsonNode ofStatus(int status, String message) {
    return switch (status) {
      case 400 ->
          message.startsWith("JSON parse error")
              ? coded(status, REQUEST, "parse_error", message).body()
              : invalid(message).body();
      case 401 ->
          message.endsWith("were not provided.")
              ? coded(status, AUTHENTICATION, "not_authenticated", message).body()
              : coded(
                      status,
                      AUTHENTICATION,
                      "authentication_failed",
                      "Personal API key found in request Authorization header is invalid.")
                  .body();
      case 403 -> denied(message).body();
      case 404 -> notFound("Endpoint not found.").body();
      case 405 -> coded(status, REQUEST, "method_not_allowed", message).body();
      case 413 -> coded(status, REQUEST, "request_too_large", message).body();
      case 415 -> coded(status, REQUEST, "unsupported_media_type", message).body();
      default ->
          status < 500
              ? coded(status, REQUEST, "error", message).body()
              : coded(status, "server_error", "error", "A server error occurred.").body();
    };
  }
}

package io.penstock.control.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.penstock.control.catalog.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What handlers read of a request, and how they answer. */
public final class Requests {
  static final String CALLER = "penstock.caller";
  private static final int NOT_FOUND = 404;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Requests() {}

  public static Caller caller(Context context) {
    return context.attribute(CALLER);
  }

  /**
   * @throws HttpProblem 404 if it is no UUID
   */
  public static UUID id(Context context, String parameter) {
    return uuid(context.pathParam(parameter))
        .orElseThrow(() -> new HttpProblem(NOT_FOUND, "Not found."));
  }

  public static Optional<UUID> uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The body as JSON.
   *
   * @throws HttpProblem 400 if it is none, 415 if it says to be something else
   */
  public static JsonNode body(Context context) {
    String type = context.contentType();
    if (type != null && !type.isBlank() && !type.startsWith("application/json")) {
      throw new HttpProblem(
          UNSUPPORTED_MEDIA_TYPE, "Unsupported media type \"" + type + "\" in request.");
    }
    try {
      JsonNode body = JSON.readTree(context.body());
      if (body == null || body.isMissingNode()) {
        throw new HttpProblem(400, "JSON parse error - the body is empty");
      }
      refuseNulCharacters(body, "");
      return body;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      String what = withoutSetting(e.getOriginalMessage().lines().findFirst().orElse("malformed"));
      throw new HttpProblem(400, "JSON parse error - " + what + where);
    }
  }

  /**
   * A form's fields, each with its first value.
   *
   * @throws HttpProblem 400 if a value cannot be kept
   */
  public static ObjectNode form(Context context) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    context.formParamMap().forEach((name, values) -> form.put(name, values.get(0)));
    refuseNulCharacters(form, "");
    return form;
  }

  /** The parser names the method that sets the limit that was passed. */
  private static String withoutSetting(String message) {
    return message.replaceAll(", from `[^`]*`", "");
  }

  /** The database keeps none; nothing that needs one is lost with them. */
  private static void refuseNulCharacters(JsonNode value, String path) {
    if (value.isTextual() && value.textValue().indexOf('\0') >= 0) {
      throw new HttpProblem(400, path + ": Null characters are not allowed.");
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      if (field.getKey().indexOf('\0') >= 0) {
        throw new HttpProblem(400, path + ": Null characters are not allowed in names.");
      }
      refuseNulCharacters(
          field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey());
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      refuseNulCharacters(value.get(i), path + "[" + i + "]");
    }
  }

  public static void answer(Context context, int status, JsonNode body) {
    context.status(status).contentType("application/json").result(body.toString());
  }

  /** Text that may be JSON. */
  public static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** A stored document, which is JSON. */
  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored document is not JSON", e);
    }
  }
}

package io.penstock.control.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Callers;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.job.JobException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the dialects. Every error is answered here, in the shape of the dialect it belongs to. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final long MAX_BODY_BYTES = 10L * 1024 * 1024;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int INTERNAL = 500;
  private static final String DECODABLE = "[A-Za-z0-9+/_=-]+";

  private final Javalin javalin;
  private final List<Dialect> dialects;
  private final Callers callers;
  private final String host;

  /**
   * @param port 0 for any free one
   * @param callers knows the holders of keys and tokens
   */
  public ApiServer(String host, int port, Callers callers, List<Dialect> dialects) {
    this.host = host;
    this.callers = callers;
    this.dialects = List.copyOf(dialects);
    this.javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = host;
              config.jetty.port = port;
              // Else a header would be taken for one before it whose case is another: keys would
              // change.
              config.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheCaseSensitive(true));
              config.http.maxRequestSize = MAX_BODY_BYTES;
              config.http.prefer405over404 = true;
              config.router.ignoreTrailingSlashes = true;
              config.router.treatMultipleSlashesAsSingleSlash = true;
              addRoutes(config.routes);
            });
  }

  /** Begins to listen. */
  public void start() {
    javalin.start();
  }

  public URI uri() {
    return URI.create("http://" + host + ":" + javalin.port());
  }

  private void addRoutes(RoutesConfig routes) {
    routes.before(this::authenticate);
    routes.get(
        "/health",
        context ->
            Requests.answer(
                context, 200, JsonNodeFactory.instance.objectNode().put("status", "ok")));
    dialects.forEach(dialect -> dialect.addRoutes(routes));
    routes.exception(
        HttpProblem.class, (e, context) -> answer(context, e.status(), e.getMessage()));
    routes.exception(
        CatalogException.NotFound.class, (e, context) -> answer(context, NOT_FOUND, "Not found."));
    routes.exception(
        JobException.NotFound.class, (e, context) -> answer(context, NOT_FOUND, "Not found."));
    routes.exception(JobException.class, (e, context) -> answer(context, CONFLICT, e.getMessage()));
    routes.exception(
        CatalogException.class, (e, context) -> answer(context, CONFLICT, e.getMessage()));
    routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          e.getDetails().forEach((key, value) -> allow(context, key, value));
          answer(context, e.getStatus(), message(context, e));
        });
    routes.exception(Exception.class, (e, context) -> incident(context, e));
  }

  private static void allow(Context context, String key, String value) {
    if (key.equals("availableMethods")) {
      context.header("Allow", value);
    }
  }

  private static String message(Context context, HttpResponseException e) {
    return switch (e.getStatus()) {
      case NOT_FOUND -> "Not found.";
      case 405 -> "Method \"" + context.method().name() + "\" not allowed.";
      case 413 -> "The request body is larger than " + MAX_BODY_BYTES + " bytes.";
      default -> String.valueOf(e.getMessage());
    };
  }

  private void incident(Context context, Exception e) {
    String id = UUID.randomUUID().toString();
    LOG.error("request {} {} failed, incident {}", context.method(), context.path(), id, e);
    answer(context, INTERNAL, "Something went wrong on our side; the incident is " + id + ".");
  }

  private void answer(Context context, int status, String message) {
    JsonNode body =
        dialect(context)
            .map(dialect -> dialect.error(context, status, message))
            .orElseGet(() -> problem(status, message));
    if (status == UNAUTHORIZED) {
      context.header(
          "WWW-Authenticate",
          dialect(context).map(Dialect::challenge).orElse("Bearer realm=\"api\""));
    }
    Requests.answer(context, status, body);
  }

  private Optional<Dialect> dialect(Context context) {
    String path = singleSlashes(context);
    return dialects.stream().filter(d -> path.startsWith(d.pathPrefix())).findFirst();
  }

  /** As the routes see it. */
  private static String singleSlashes(Context context) {
    return context.path().replaceAll("/+", "/");
  }

  /** RFC 9457. */
  private static JsonNode problem(int status, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "about:blank")
        .put("title", message)
        .put("status", status);
  }

  private void authenticate(Context context) {
    if (open(singleSlashes(context))) {
      return;
    }
    String header = context.header("Authorization");
    if (header == null || header.isBlank()) {
      throw new HttpProblem(UNAUTHORIZED, "Authentication credentials were not provided.");
    }
    Caller caller =
        caller(header).orElseThrow(() -> new HttpProblem(UNAUTHORIZED, "Invalid token."));
    boolean asked = dialect(context).map(Dialect::asksPermissions).orElse(false);
    if (!asked && !caller.permissions().superuser()) {
      throw new HttpProblem(FORBIDDEN, "You do not have permission to perform this action.");
    }
    context.attribute(Requests.CALLER, caller);
  }

  private boolean open(String path) {
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return plain.equals("/health")
        || dialects.stream().anyMatch(dialect -> dialect.openPaths().contains(plain));
  }

  /** Bearer key, Basic key, or Basic base64 of the key and a colon. */
  private Optional<Caller> caller(String header) {
    String[] parts = header.strip().split("\\s+", 2);
    boolean basic = parts[0].equalsIgnoreCase("Basic");
    if (parts.length < 2 || !(basic || parts[0].equalsIgnoreCase("Bearer"))) {
      return Optional.empty();
    }
    Optional<Caller> known = callers.caller(parts[1]);
    return known.isPresent() || !basic ? known : decoded(parts[1]).flatMap(callers::caller);
  }

  private static Optional<String> decoded(String base64) {
    if (!base64.matches(DECODABLE)) {
      return Optional.empty();
    }
    try {
      byte[] bytes =
          Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/').replace("=", ""));
      String text = new String(bytes, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return Optional.of(colon < 0 ? text : text.substring(0, colon));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    javalin.stop();
  }
}

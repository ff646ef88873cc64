package io.penstock.control.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;

/** One product's API: its routes, and how it says no. */
public interface Dialect {
  /** All its paths begin with it. */
  String pathPrefix();

  /** Paths, without a trailing slash, that are served to anyone. */
  default Set<String> openPaths() {
    return Set.of();
  }

  /**
   * Whether the routes ask what the caller is permitted. Where they do not, only superusers come
   * through.
   */
  default boolean asksPermissions() {
    return false;
  }

  /** The {@code WWW-Authenticate} of a 401. */
  default String challenge() {
    return "Bearer realm=\"api\"";
  }

  void addRoutes(RoutesConfig routes);

  /** The body of an error that the server itself found. */
  JsonNode error(Context context, int status, String message);
}

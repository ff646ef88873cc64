package io.penstock.control.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** One product's API: its routes, and how it says no. */
public interface Dialect {
  /** All its paths begin with it. */
  String pathPrefix();

  void addRoutes(RoutesConfig routes);

  /** The body of an error that the server itself found. */
  JsonNode error(Context context, int status, String message);
}

package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** What stands before every route: the project in the path, and the right to what is asked. */
final class Guard {
  static final String PROJECT = "/v1/projects/{project}";

  private final Catalog catalog;

  Guard(Catalog catalog) {
    this.catalog = catalog;
  }

  /** A route within a project. */
  @FunctionalInterface
  interface InProject {
    void handle(Context context, CatalogObject project) throws Exception;
  }

  Handler needing(PolarisPermission permission, InProject route) {
    return context -> {
      CatalogObject project = project(context);
      require(context, project, permission);
      route.handle(context, project);
    };
  }

  /** By its id; names are taken too. */
  private CatalogObject project(Context context) {
    UUID organization = Requests.caller(context).organization().id();
    String text = context.pathParam("project");
    return Requests.uuid(text)
        .flatMap(id -> catalog.find(organization, Kind.PROJECT, id))
        .or(() -> catalog.named(organization, Kind.PROJECT, organization, text))
        .orElseThrow(() -> PolarisError.notFound("projectId", "There is no project " + text + "."));
  }

  /**
   * @throws PolarisError 403 without it
   */
  static void require(Context context, CatalogObject project, PolarisPermission permission) {
    Caller caller = Requests.caller(context);
    Set<UUID> scopes = Set.of(caller.organization().id(), project.id());
    if (!permission.heldBy(caller.permissions(), scopes)) {
      throw PolarisError.denied(permission.wireName());
    }
  }

  /**
   * The body, which has to say that it is JSON.
   *
   * @throws PolarisError 415 if it says something else, 400 if it is no object
   */
  static ObjectNode body(Context context) {
    String type = context.contentType() == null ? "" : context.contentType();
    if (!type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      throw PolarisError.mediaType(type.isEmpty() ? "missing" : type);
    }
    JsonNode body = Requests.body(context);
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw PolarisError.badArgument("", "The body must be a JSON object.");
  }

  /** What the caller may do in the whole organization. */
  static void keyInfo(Context context) {
    Caller caller = Requests.caller(context);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", caller.principal().id().toString());
    ArrayNode held = json.putArray("permissions");
    for (PolarisPermission permission : PolarisPermission.values()) {
      if (permission.heldBy(caller.permissions(), Set.of(caller.organization().id()))) {
        held.add(permission.wireName());
      }
    }
    Requests.answer(context, 200, json);
  }
}

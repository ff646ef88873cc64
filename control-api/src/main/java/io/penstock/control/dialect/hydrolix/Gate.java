package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Permission;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.job.TableRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Lets through what the caller has the right to. Who may not view a thing is told that it is not
 * there; who may view it, that the right is missing.
 */
final class Gate {
  private static final String BASE = "/config/v1/";

  private final Catalog catalog;

  Gate(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Stands before every route, so that one which nobody thought of is closed, not open. */
  void add(RoutesConfig routes) {
    routes.beforeMatched(BASE + "*", this::pass);
  }

  private void pass(Context context) {
    Caller caller = Requests.caller(context);
    if (caller == null || caller.permissions().superuser()) {
      return; // Without a caller is only what the server has opened to anyone.
    }
    List<UUID> ids = new ArrayList<>();
    String operation = operation(context, ids);
    if (operation.contains(" orgs/{}") && !ids.get(0).equals(caller.organization().id())) {
      throw new CatalogException.NotFound();
    }
    if (Rights.open(operation)) {
      return;
    }
    Rights.Needed needed =
        Rights.needed(operation)
            .orElseThrow(() -> below(operation) ? new CatalogException.NotFound() : forbidden());
    if (needed.on().isEmpty()) {
      require(caller, needed.right(), Set.of(caller.organization().id()), Optional.empty());
      return;
    }
    Kind kind = needed.on().get();
    Set<UUID> scopes = scopes(caller, kind, ids.get(ids.size() - 1));
    require(caller, needed.right(), scopes, Optional.of(Rights.view(kind)));
  }

  /** Whether it is about something in the organization, which may be there or not. */
  private static boolean below(String operation) {
    return operation.contains(" orgs/{}/");
  }

  /** As {@link Rights} has it; a HEAD is a GET. */
  private static String operation(Context context, List<UUID> ids) {
    StringBuilder operation = new StringBuilder(context.method().name().replace("HEAD", "GET"));
    char separator = ' ';
    String path = context.path().replaceAll("/+", "/").substring(BASE.length());
    for (String segment : path.replaceAll("/$", "").split("/", -1)) {
      Optional<UUID> id = Requests.uuid(segment);
      id.ifPresent(ids::add);
      operation.append(separator).append(id.isPresent() ? "{}" : segment);
      separator = '/';
    }
    return operation.toString();
  }

  /** The object and what it is really in, whatever the path says. */
  private Set<UUID> scopes(Caller caller, Kind kind, UUID id) {
    UUID organization = caller.organization().id();
    CatalogObject object =
        catalog.find(organization, kind, id).orElseThrow(CatalogException.NotFound::new);
    Set<UUID> scopes = new HashSet<>(List.of(organization, object.parent(), id));
    if (kind == Kind.TRANSFORM) {
      catalog
          .find(organization, Kind.TABLE, object.parent())
          .ifPresent(table -> scopes.add(table.parent()));
    }
    return scopes;
  }

  private static void require(
      Caller caller, Permission right, Set<UUID> scopes, Optional<Permission> view) {
    if (caller.permissions().allow(right, scopes)) {
      return;
    }
    if (view.isPresent() && !caller.permissions().allow(view.get(), scopes)) {
      throw new CatalogException.NotFound();
    }
    throw forbidden();
  }

  private static HttpProblem forbidden() {
    return new HttpProblem(403, "You do not have permission to perform this action.");
  }

  /** Whether the caller may view an object that the path, whose parents exist, leads to. */
  static boolean visible(Context context, CatalogObject object) {
    Set<UUID> scopes = inPath(context);
    scopes.addAll(List.of(object.organization(), object.parent(), object.id()));
    return Requests.caller(context).permissions().allow(Rights.view(object.kind()), scopes);
  }

  /** A collection's metadata, without what a POST takes if the caller may not send one. */
  static ObjectNode described(Context context, Permission add, ObjectNode metadata) {
    if (!Requests.caller(context).permissions().allow(add, inPath(context))) {
      metadata.remove("actions");
    }
    return metadata;
  }

  /** The same, where the caller needs the right on something that the path does not name. */
  static ObjectNode describedAnywhere(Context context, Permission add, ObjectNode metadata) {
    if (!Requests.caller(context).permissions().anywhere(add)) {
      metadata.remove("actions");
    }
    return metadata;
  }

  private static Set<UUID> inPath(Context context) {
    Set<UUID> ids = new HashSet<>();
    context.pathParamMap().values().forEach(text -> Requests.uuid(text).ifPresent(ids::add));
    return ids;
  }

  /** Whether the caller has one of the rights on what is in the table. */
  static boolean may(Context context, TableRef table, Permission... rights) {
    Caller caller = Requests.caller(context);
    return List.of(rights).stream()
        .anyMatch(right -> caller.permissions().allow(right, scopes(caller, table)));
  }

  /**
   * @param view what makes it visible
   * @throws CatalogException.NotFound if the caller has neither right on what is in the table
   * @throws HttpProblem 403 if the caller has only the right to view it
   */
  static void require(Context context, TableRef table, Permission right, Permission view) {
    Caller caller = Requests.caller(context);
    require(caller, right, scopes(caller, table), Optional.of(view));
  }

  private static Set<UUID> scopes(Caller caller, TableRef table) {
    return Set.of(caller.organization().id(), table.projectId(), table.tableId());
  }
}

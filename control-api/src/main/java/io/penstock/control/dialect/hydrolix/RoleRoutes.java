package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Organization;
import io.penstock.control.catalog.Permission;
import io.penstock.control.catalog.Permission.ScopeType;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.Identity;
import io.penstock.control.identity.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Roles and the permissions they are made of. */
final class RoleRoutes {
  private static final String COLLECTION = "/config/v1/roles";

  private final Identity identity;
  private final Catalog catalog;

  RoleRoutes(Identity identity, Catalog catalog) {
    this.identity = identity;
    this.catalog = catalog;
  }

  void add(RoutesConfig routes) {
    routes.get(
        COLLECTION,
        context -> {
          Organization organization = Requests.caller(context).organization();
          Pages.answer(
              context,
              identity.roles(organization).stream().map(role -> json(organization, role)).toList());
        });
    routes.get(
        COLLECTION + "/permissions",
        context ->
            Pages.answer(context, Stream.of(ScopeType.values()).map(RoleRoutes::on).toList()));
    routes.post(COLLECTION, this::create);
    routes.delete(COLLECTION + "/{id}", this::delete);
  }

  private static ObjectNode on(ScopeType type) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("scope_type", PermissionNames.of(type));
    permissions(json, Permission.on(type).stream());
    return json;
  }

  private static void permissions(ObjectNode json, Stream<Permission> permissions) {
    ArrayNode names = json.putArray("permissions");
    permissions.sorted().map(PermissionNames::of).forEach(names::add);
  }

  private void create(Context context) {
    Organization organization = Requests.caller(context).organization();
    JsonNode json = Requests.body(context);
    if (!json.isObject()) {
      throw new HttpProblem(400, "The body must be a JSON object.");
    }
    Violations violations = new Violations();
    RoleBody body =
        new RoleBody(new Body(json, "", violations), scope -> known(organization, scope));
    String name = body.name();
    List<Role.Policy> policies = body.policies();
    if (!violations.isEmpty()) {
      throw new Refused(violations);
    }
    try {
      Role made = identity.createRole(organization, name, policies);
      Requests.answer(context, 201, json(organization, made));
    } catch (CatalogException.NameTaken e) {
      throw Refused.taken(name);
    }
  }

  private void delete(Context context) {
    String id = context.pathParam("id");
    if (!id.matches("\\d{1,9}")
        || !identity.deleteRole(Requests.caller(context).organization(), Integer.parseInt(id))) {
      throw new HttpProblem(404, "Not found.");
    }
    context.status(204);
  }

  private ObjectNode json(Organization organization, Role role) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("id", role.id()).put("name", role.name());
    ArrayNode policies = json.putArray("policies");
    if (role.superuser()) {
      policies.add(policy(organization, Set.of(Permission.values()), Optional.empty()));
    }
    role.policies()
        .forEach(
            policy -> policies.add(policy(organization, policy.permissions(), policy.scope())));
    return json;
  }

  private ObjectNode policy(
      Organization organization, Set<Permission> permissions, Optional<Role.Scope> scope) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    permissions(json, permissions.stream());
    return json.put("scope_type", scope.map(s -> PermissionNames.of(s.type())).orElse(null))
        .put("scope_id", scope.map(s -> s.id().toString()).orElse(null))
        .put("scope_name", scope.flatMap(s -> scopeName(organization, s)).orElse(null));
  }

  private boolean known(Organization organization, Role.Scope scope) {
    return scopeName(organization, scope).isPresent();
  }

  private Optional<String> scopeName(Organization organization, Role.Scope scope) {
    Optional<Kind> kind =
        switch (scope.type()) {
          case ORGANIZATION -> Optional.empty();
          case PROJECT -> Optional.of(Kind.PROJECT);
          case TABLE -> Optional.of(Kind.TABLE);
        };
    return kind.isEmpty()
        ? Optional.of(organization.name()).filter(name -> scope.id().equals(organization.id()))
        : catalog.find(organization.id(), kind.get(), scope.id()).map(CatalogObject::name);
  }
}

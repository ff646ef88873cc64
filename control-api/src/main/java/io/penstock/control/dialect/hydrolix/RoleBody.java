package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.Permission;
import io.penstock.control.catalog.Permission.ScopeType;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads a role that is to be made, noting what is wrong with it. */
final class RoleBody {
  private static final int MAX_NAME = 64;

  private final Body body;
  private final Predicate<Role.Scope> known;

  /**
   * @param known whether there is such a thing in the organization
   */
  RoleBody(Body body, Predicate<Role.Scope> known) {
    this.body = body;
    this.known = known;
  }

  String name() {
    String name = body.requiredText("name", MAX_NAME);
    if (body.has("name") && (name.isBlank() || !name.equals(name.strip()))) {
      body.wrong("name", "A name has no white space at its ends, and is not empty.");
    }
    return name;
  }

  List<Role.Policy> policies() {
    JsonNode given = body.get("policies");
    List<Role.Policy> policies = new ArrayList<>();
    if (!given.isArray()) {
      body.wrong("policies", body.has("policies") ? "A list is required." : Violations.REQUIRED);
      return policies;
    }
    for (JsonNode policy : given) {
      policies.add(new Role.Policy(permissions(policy.path("permissions")), scope(policy)));
    }
    return policies;
  }

  private Set<Permission> permissions(JsonNode names) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    if (!names.isArray()) {
      body.wrong("policies", "Each policy needs a list of permissions.");
    }
    for (JsonNode name : names) {
      PermissionNames.permission(name.asText())
          .ifPresentOrElse(
              permissions::add,
              () -> body.wrong("policies", "\"" + name.asText() + "\" is not a valid permission."));
    }
    return permissions;
  }

  private Optional<Role.Scope> scope(JsonNode policy) {
    if (!policy.hasNonNull("scope_type") && !policy.hasNonNull("scope_id")) {
      return Optional.empty();
    }
    Optional<ScopeType> type = PermissionNames.scopeType(policy.path("scope_type").asText());
    Optional<UUID> id = Requests.uuid(policy.path("scope_id").asText());
    Optional<Role.Scope> scope = type.flatMap(t -> id.map(i -> new Role.Scope(t, i))).filter(known);
    if (scope.isEmpty()) {
      body.wrong(
          "policies", "A scope is the type and the id of an org, a project or a table you have.");
    }
    return scope;
  }
}

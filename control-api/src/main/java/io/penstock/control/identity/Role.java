package io.penstock.control.identity;

import io.penstock.control.catalog.Permission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A name for rights.
 *
 * @param superuser whether it allows everything; such a role has no policies
 */
public record Role(int id, String name, boolean superuser, List<Policy> policies) {
  public Role {
    policies = List.copyOf(policies);
  }

  /**
   * @param scope empty for the whole organization
   */
  public record Policy(Set<Permission> permissions, Optional<Scope> scope) {
    public Policy {
      permissions = Set.copyOf(permissions);
    }

    boolean allows(Permission permission, Set<UUID> scopes) {
      return permissions.contains(permission)
          && (scope.isEmpty() || scopes.contains(scope.get().id()));
    }
  }

  /** An organization, project or table, with everything below it. */
  public record Scope(Permission.ScopeType type, UUID id) {}
}

package io.penstock.control.identity;

import io.penstock.control.catalog.Permission;
import io.penstock.control.catalog.Permissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What roles allow together. */
record Granted(List<Role> roles) implements Permissions {
  @Override
  public boolean superuser() {
    return roles.stream().anyMatch(Role::superuser);
  }

  @Override
  public boolean allow(Permission permission, Set<UUID> scopes) {
    return superuser()
        || roles.stream()
            .flatMap(role -> role.policies().stream())
            .anyMatch(policy -> policy.allows(permission, scopes));
  }

  @Override
  public boolean anywhere(Permission permission) {
    return superuser()
        || roles.stream()
            .flatMap(role -> role.policies().stream())
            .anyMatch(policy -> policy.permissions().contains(permission));
  }
}

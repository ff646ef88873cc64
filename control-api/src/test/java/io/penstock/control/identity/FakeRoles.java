package io.penstock.control.identity;

import io.penstock.control.catalog.CatalogException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Roles of one organization, in memory; it does not tell the accounts. */
final class FakeRoles implements Roles {
  private final Map<Integer, Role> roles = new TreeMap<>();
  private final Map<UUID, Set<Integer>> holders = new HashMap<>();

  @Override
  public List<Role> list(UUID organization) {
    return List.copyOf(roles.values());
  }

  @Override
  public Role insert(UUID organization, String name, List<Role.Policy> policies) {
    if (roles.values().stream().anyMatch(role -> role.name().equals(name))) {
      throw new CatalogException.NameTaken(name);
    }
    Role role = new Role(101 + roles.size(), name, false, policies);
    roles.put(role.id(), role);
    return role;
  }

  @Override
  public boolean delete(UUID organization, int role) {
    return roles.remove(role) != null;
  }

  @Override
  public void give(UUID account, Set<Integer> given) {
    holders.computeIfAbsent(account, id -> new HashSet<>()).addAll(given);
  }

  @Override
  public void take(UUID account, Set<Integer> taken) {
    holders.computeIfAbsent(account, id -> new HashSet<>()).removeAll(taken);
  }
}

package io.penstock.control.identity;

import io.penstock.control.catalog.CatalogException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The port to where roles are kept, and who has them. Thread-safe. */
public interface Roles {
  /** The built-in ones and the organization's own, by number. */
  List<Role> list(UUID organization);

  /**
   * Adds a role that is no superuser's.
   *
   * @throws CatalogException.NameTaken if the organization has one of this name, or a built-in one
   *     has it
   */
  Role insert(UUID organization, String name, List<Role.Policy> policies);

  /**
   * Takes a role of the organization's own from everyone, and removes it.
   *
   * @return whether there was one
   */
  boolean delete(UUID organization, int role);

  /** What the account has already it keeps. */
  void give(UUID account, Set<Integer> roles);

  void take(UUID account, Set<Integer> roles);
}

package io.penstock.control.identity;

import io.penstock.control.catalog.CatalogException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The port to where accounts are kept. Thread-safe. */
public interface Accounts {
  Optional<Account> find(UUID id);

  /** Case of the address does not matter. */
  Optional<Account> person(String email);

  /** Of a person. */
  Optional<String> passwordHash(UUID id);

  /** Oldest first. */
  List<Account> services(UUID organization);

  /**
   * Adds a service account, without roles.
   *
   * @throws CatalogException.NameTaken if the organization has one of this name
   */
  void insert(Account service);

  void delete(UUID id);

  /** Ends the generation of tokens that the account is in. */
  void revokeTokens(UUID id);

  /**
   * Makes a superuser in the oldest organization, if there is no person at all yet.
   *
   * @param passwordHash asked for only if so
   * @return whether it did
   */
  boolean bootstrap(String email, Supplier<String> passwordHash);
}

package io.penstock.control.identity;

import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Callers;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.Organization;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Knows people by their password, and accounts by their tokens. Thread-safe. */
public final class Identity implements Callers {
  private final Accounts accounts;
  private final Roles roles;
  private final Passwords passwords;
  private final Tokens tokens;
  private final Callers keys;
  private final Clock clock;

  /**
   * @param keys knows those who hold no token
   */
  public Identity(
      Accounts accounts,
      Roles roles,
      Passwords passwords,
      Tokens tokens,
      Callers keys,
      Clock clock) {
    this.accounts = accounts;
    this.roles = roles;
    this.passwords = passwords;
    this.tokens = tokens;
    this.keys = keys;
    this.clock = clock;
  }

  /** Empty if there is no such person, or the password is another. */
  public Optional<Account> login(String email, String password) {
    Optional<Account> person = accounts.person(email);
    Optional<String> hash = person.flatMap(p -> accounts.passwordHash(p.id()));
    if (hash.isEmpty()) {
      passwords.matchNobody(password);
      return Optional.empty();
    }
    return passwords.matches(password, hash.get()) ? person : Optional.empty();
  }

  /** A token that is valid until then, or until the account's tokens are revoked. */
  public String token(Account account, Instant expiry) {
    return tokens.issue(account, expiry);
  }

  @Override
  public Optional<Caller> caller(String credential) {
    Optional<Tokens.Claims> claims = tokens.verify(credential);
    return claims.isPresent()
        ? claims.flatMap(this::holder).map(Account::caller)
        : keys.caller(credential);
  }

  private Optional<Account> holder(Tokens.Claims claims) {
    return accounts
        .find(claims.account())
        .filter(account -> account.tokenGeneration() == claims.generation());
  }

  /** An account of the organization; the id of an API key is none's. */
  public Optional<Account> account(Organization organization, UUID id) {
    return accounts.find(id).filter(a -> a.organization().id().equals(organization.id()));
  }

  /** The service accounts, oldest first. */
  public List<Account> services(Organization organization) {
    return accounts.services(organization.id());
  }

  /**
   * Makes a service account, which may do nothing until it is given a role.
   *
   * @throws CatalogException.NameTaken if the organization has one of this name
   */
  public Account create(Organization organization, String name) {
    Account service =
        new Account(
            UUID.randomUUID(),
            organization,
            Account.Kind.SERVICE,
            name,
            0,
            List.of(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    accounts.insert(service);
    return service;
  }

  /** Its tokens are worth nothing from now on. */
  public void delete(Account account) {
    accounts.delete(account.id());
  }

  /** All that the account has. */
  public void revokeTokens(Account account) {
    accounts.revokeTokens(account.id());
  }

  /** Those that the organization's accounts can be given. */
  public List<Role> roles(Organization organization) {
    return roles.list(organization.id());
  }

  /**
   * @throws CatalogException.NameTaken if there is a role of this name
   */
  public Role createRole(Organization organization, String name, List<Role.Policy> policies) {
    return roles.insert(organization.id(), name, policies);
  }

  /** Whether the organization had such a role of its own, which nobody has any more. */
  public boolean deleteRole(Organization organization, int role) {
    return roles.delete(organization.id(), role);
  }

  public void giveRoles(Account account, Set<Integer> given) {
    roles.give(account.id(), given);
  }

  public void takeRoles(Account account, Set<Integer> taken) {
    roles.take(account.id(), taken);
  }
}

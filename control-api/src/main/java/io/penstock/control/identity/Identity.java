package io.penstock.control.identity;

import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Callers;
import io.penstock.control.catalog.Organization;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Knows people by their password, and accounts by their tokens. Thread-safe. */
public final class Identity implements Callers {
  private final Accounts accounts;
  private final Passwords passwords;
  private final Tokens tokens;
  private final Callers keys;

  /**
   * @param keys knows those who hold no token
   */
  public Identity(Accounts accounts, Passwords passwords, Tokens tokens, Callers keys) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.tokens = tokens;
    this.keys = keys;
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
}

package io.penstock.control.identity;

import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.Organization;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Accounts of one organization, in memory. */
final class FakeAccounts implements Accounts {
  private static final Instant BEGINNING = Instant.parse("2026-11-01T00:00:00Z");
  static final Organization ACME =
      new Organization(UUID.randomUUID(), "acme", Optional.empty(), "{}", BEGINNING, BEGINNING);
  private static final Role SUPER_ADMIN = new Role(1, "super_admin", true, List.of());

  private final Map<UUID, Account> accounts = new HashMap<>();
  private final Map<UUID, String> hashes = new HashMap<>();

  @Override
  public Optional<Account> find(UUID id) {
    return Optional.ofNullable(accounts.get(id));
  }

  @Override
  public Optional<Account> person(String email) {
    return accounts.values().stream()
        .filter(a -> a.kind() == Account.Kind.PERSON && a.name().equalsIgnoreCase(email))
        .findFirst();
  }

  @Override
  public Optional<String> passwordHash(UUID id) {
    return Optional.ofNullable(hashes.get(id));
  }

  @Override
  public List<Account> services(UUID organization) {
    return accounts.values().stream()
        .filter(a -> a.kind() == Account.Kind.SERVICE)
        .sorted(Comparator.comparing(Account::createdAt).thenComparing(Account::id))
        .toList();
  }

  @Override
  public void insert(Account service) {
    if (services(ACME.id()).stream().anyMatch(a -> a.name().equals(service.name()))) {
      throw new CatalogException.NameTaken(service.name());
    }
    accounts.put(service.id(), service);
  }

  @Override
  public void delete(UUID id) {
    accounts.remove(id);
    hashes.remove(id);
  }

  @Override
  public void revokeTokens(UUID id) {
    accounts.computeIfPresent(
        id,
        (key, a) ->
            new Account(
                a.id(),
                a.organization(),
                a.kind(),
                a.name(),
                a.tokenGeneration() + 1,
                a.roles(),
                a.createdAt()));
  }

  @Override
  public boolean bootstrap(String email, Supplier<String> passwordHash) {
    if (accounts.values().stream().anyMatch(a -> a.kind() == Account.Kind.PERSON)) {
      return false;
    }
    UUID id = UUID.randomUUID();
    accounts.put(
        id, new Account(id, ACME, Account.Kind.PERSON, email, 0, List.of(SUPER_ADMIN), BEGINNING));
    hashes.put(id, passwordHash.get());
    return true;
  }
}

package io.penstock.control.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.Organization;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Accounts} does; each test begins with one organization and no account. */
public abstract class AccountsContract {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  protected abstract Accounts accounts();

  protected abstract Organization organization();

  private Account service(String name, Instant createdAt) {
    return new Account(
        UUID.randomUUID(), organization(), Account.Kind.SERVICE, name, 0, List.of(), createdAt);
  }

  @Test
  public void onlyTheFirstStartMakesAPerson() {
    assertThat(accounts().bootstrap("Ops@Acme.example", () -> "hash 1")).isTrue();
    assertThat(
            accounts()
                .bootstrap(
                    "eve@acme.example",
                    () -> {
                      throw new IllegalStateException("no hash is needed");
                    }))
        .isFalse();

    Account ops = accounts().person("ops@acme.EXAMPLE").orElseThrow();
    assertThat(ops.name()).isEqualTo("Ops@Acme.example");
    assertThat(ops.kind()).isEqualTo(Account.Kind.PERSON);
    assertThat(ops.organization()).isEqualTo(organization());
    assertThat(ops.caller().permissions().superuser()).isTrue();
    assertThat(accounts().passwordHash(ops.id())).contains("hash 1");
    assertThat(accounts().find(ops.id())).contains(ops);
    assertThat(accounts().person("eve@acme.example")).isEmpty();
  }

  @Test
  public void serviceAccountsAreReadBackOldestFirstUntilTheyAreDeleted() {
    Account late = service("late", NOON.plusSeconds(1));
    Account early = service("early", NOON);
    accounts().insert(late);
    accounts().insert(early);
    accounts().bootstrap("ops@acme.example", () -> "hash");
    assertThat(accounts().services(organization().id())).containsExactly(early, late);
    assertThat(accounts().passwordHash(early.id())).isEmpty();
    assertThat(accounts().person("early")).isEmpty();

    accounts().delete(early.id());

    assertThat(accounts().services(organization().id())).containsExactly(late);
    assertThat(accounts().find(early.id())).isEmpty();
  }

  @Test
  public void aNameIsTakenOnce() {
    accounts().insert(service("loader", NOON));

    assertThatThrownBy(() -> accounts().insert(service("loader", NOON)))
        .isInstanceOf(CatalogException.NameTaken.class);
  }

  @Test
  public void revokingTokensBeginsAnotherGeneration() {
    Account one = service("one", NOON);
    Account other = service("other", NOON);
    accounts().insert(one);
    accounts().insert(other);

    accounts().revokeTokens(one.id());

    assertThat(accounts().find(one.id()).orElseThrow().tokenGeneration()).isEqualTo(1);
    assertThat(accounts().find(other.id())).contains(other);
  }
}

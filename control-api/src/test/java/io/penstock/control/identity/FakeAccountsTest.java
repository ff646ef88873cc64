package io.penstock.control.identity;

import io.penstock.control.catalog.Organization;

final class FakeAccountsTest extends AccountsContract {
  private final FakeAccounts accounts = new FakeAccounts();

  @Override
  protected Accounts accounts() {
    return accounts;
  }

  @Override
  protected Organization organization() {
    return FakeAccounts.ACME;
  }
}

package io.penstock.control.store;

import io.penstock.control.catalog.Organization;
import io.penstock.control.identity.Accounts;
import io.penstock.control.identity.AccountsContract;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class JdbiAccountsTest extends AccountsContract {
  private Database database;
  private JdbiAccounts accounts;
  private Organization organization;

  @BeforeEach
  void open() {
    database = Database.open(TestDatabase.url(), "postgres", "");
    JdbiCatalog catalog = new JdbiCatalog(database, Clock.systemUTC());
    catalog.bootstrap("acme", "pok_first");
    organization = catalog.caller("pok_first").orElseThrow().organization();
    accounts = new JdbiAccounts(database, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected Accounts accounts() {
    return accounts;
  }

  @Override
  protected Organization organization() {
    return organization;
  }
}

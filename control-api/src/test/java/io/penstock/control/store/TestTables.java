package io.penstock.control.store;

import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.StorageAccess;

/** Tables in a database of their own, with their ledger. */
public record TestTables(
    IcebergTables tables, JdbiSnapshotLedger ledger, Database database, String url)
    implements AutoCloseable {
  public static TestTables open(StorageAccess access) {
    String url = TestDatabase.url();
    Database database = Database.open(url, "postgres", "");
    JdbiSnapshotLedger ledger = new JdbiSnapshotLedger(database);
    return new TestTables(
        new IcebergTables(url, "postgres", "", access, ledger), ledger, database, url);
  }

  @Override
  public void close() {
    tables.close();
    database.close();
  }
}

package io.penstock.control.publish;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table's metadata of which commits are seen here alone: shows what a commit would do. Not
 * thread-safe.
 */
final class Rehearsal implements TableOperations {
  private final TableOperations real;
  private TableMetadata metadata;

  Rehearsal(TableOperations real) {
    this.real = real;
    this.metadata = real.current();
  }

  @Override
  public TableMetadata current() {
    return metadata;
  }

  @Override
  public TableMetadata refresh() {
    return metadata;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata next) {
    metadata = next;
  }

  @Override
  public FileIO io() {
    return real.io();
  }

  @Override
  public EncryptionManager encryption() {
    return real.encryption();
  }

  @Override
  public String metadataFileLocation(String name) {
    return real.metadataFileLocation(name);
  }

  @Override
  public LocationProvider locationProvider() {
    return real.locationProvider();
  }
}

package io.penstock.job.s3;

final class MemoryObjectStoreTest extends ObjectStoreContract {
  private final MemoryObjectStore store = new MemoryObjectStore();

  @Override
  ObjectStore store() {
    return store;
  }
}

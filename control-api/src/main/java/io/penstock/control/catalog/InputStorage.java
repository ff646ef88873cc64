package io.penstock.control.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/** Keeps input that callers send themselves, in the storage that jobs can read. Thread-safe. */
public interface InputStorage {
  /** The bucket of all keys. */
  String bucket();

  /**
   * Where an input of a project is.
   *
   * @param name of which the last part ends the key, so that its ending tells how it is compressed
   */
  String key(UUID project, UUID id, String name);

  /**
   * Stores what the stream has, of which a bounded part is in memory at a time.
   *
   * @throws IOException also if the stream's; nothing is stored then
   */
  Stored put(String key, InputStream content) throws IOException;

  /** One that is not there is no error. */
  void delete(String key) throws IOException;

  /**
   * What was stored.
   *
   * @param md5 hexadecimal
   */
  record Stored(long bytes, String md5) {}
}

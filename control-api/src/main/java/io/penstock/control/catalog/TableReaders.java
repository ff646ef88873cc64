package io.penstock.control.catalog;

import io.penstock.control.job.TableRef;
import java.time.Instant;
import java.util.Optional;

/** Who reads tables as they were at a time. Thread-safe. */
public interface TableReaders {
  /**
   * Whatever the table held at this time or later may still be read; empty if nobody reads.
   *
   * @param table one whose contents are going to be removed
   */
  Optional<Instant> since(TableRef table);
}

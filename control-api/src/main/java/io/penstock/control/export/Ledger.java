package io.penstock.control.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What exports have committed: a retry of an interval replaces what was there. Thread-safe. */
public interface Ledger {
  void put(UUID export, Entry entry);

  /** Those that touch the range, by their ends. */
  List<Entry> list(UUID export, Instant start, Instant end);

  Optional<Entry> of(UUID export, DataInterval interval);

  Optional<Entry> ofRun(UUID run);

  /**
   * A committed interval.
   *
   * @param rows of all files
   * @param total rows that the interval had, after filters
   * @param manifestKey where the manifest is, or would be
   */
  record Entry(
      UUID run,
      DataInterval interval,
      long rows,
      long bytes,
      long total,
      String manifestKey,
      boolean manifestWritten,
      List<File> files) {
    public Entry {
      files = List.copyOf(files);
    }
  }

  /** An object at the destination. */
  record File(String key, long rows, long bytes, String etag, String sha256) {}
}

package io.penstock.control.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What happened to exports, for whoever owns them. No secrets and no rows. Thread-safe. */
public interface ExportLog {
  /**
   * @param instance the run, the backfill, or the export itself
   */
  void add(UUID export, UUID instance, Instant at, Level level, String message);

  /** Newest first; of the same moment the last written first. */
  List<Line> list(UUID export, Wanted wanted);

  /** How much it matters. */
  enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR
  }

  /** One line. */
  record Line(UUID instance, Instant at, Level level, String message) {}

  /**
   * Which lines.
   *
   * @param after exclusive
   * @param before exclusive
   * @param levels any if absent
   * @param search part of the message, in any case
   */
  record Wanted(
      Optional<UUID> instance,
      Optional<Instant> after,
      Optional<Instant> before,
      Optional<Set<Level>> levels,
      Optional<String> search,
      int most) {}
}

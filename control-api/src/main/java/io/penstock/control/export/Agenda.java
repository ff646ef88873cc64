package io.penstock.control.export;

import java.time.Instant;
import java.util.UUID;

/** When what is to be looked at. One replica at a time looks at a thing. Thread-safe. */
public interface Agenda {
  /** Looks at it then; what was set before no longer counts. */
  void at(Matter matter, UUID id, Instant when);

  /** Looks at it then, unless it is on the agenda already. */
  void ensure(Matter matter, UUID id, Instant when);

  void remove(Matter matter, UUID id);

  /** What is looked at. */
  enum Matter {
    SCHEDULE,
    RUN,
    BACKFILL,
    /** A message that is to be delivered. */
    ALERT
  }
}

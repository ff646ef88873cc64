package io.penstock.control.arrivals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which feeds are watched, and by which server. Thread-safe. */
public interface Watches {
  /** Whether this server is the one that looks for arrivals, for so long from now on. */
  boolean lead(UUID server, Instant now, Duration lease);

  /** Begins to watch the feed, unless it is watched already. */
  void open(WatchKey key, Instant since);

  Optional<Watch> find(WatchKey key);

  /** All objects from before have been noted. */
  void baselined(WatchKey key);

  void answered(WatchKey key, Instant now);

  /** The feed told of so many objects that nobody wants. */
  void unmatched(WatchKey key, long objects);

  /** The feed has not answered, or said something wrong. */
  void failed(WatchKey key, Instant now, String reason);

  /** Forgets all others. */
  void keepOnly(Set<WatchKey> keys);
}

package io.penstock.control.arrivals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What has arrived and where it went. Each method is one transaction, so that an object is taken
 * once however many servers hear of it at once. Thread-safe.
 */
public interface ArrivalStore {
  /** Notes objects that were there before; only a queue may still bring them. */
  void earlier(UUID organization, List<Found> found, Instant now);

  /**
   * Takes those objects that were not taken before, plans them, and puts the plan where {@link
   * Streams#unwritten} gives it. A stream that there is none of is made.
   *
   * @param objects in order, without repetition
   * @param queued whether a queue told of them
   */
  void take(StreamKey key, List<Found> objects, boolean queued, Instant now);

  /** Of each of the objects. */
  Map<Found, Fate> fates(UUID organization, List<Found> objects);

  /** What has become of an object. */
  enum Fate {
    /** It was not taken, or has been let go. */
    UNKNOWN,
    WAITING,
    /** It is in the table, or is not meant to be. */
    SETTLED
  }

  /** Forgets objects of queues that were taken before and are not waiting. */
  void forgetQueued(Instant before);

  /**
   * Forgets objects that were taken before and are no longer where they were.
   *
   * @param after below this prefix and after this URL
   * @param to up to this URL
   * @param listed what there is in between
   */
  void forgetGone(UUID organization, String after, String to, List<Found> listed, Instant before);
}

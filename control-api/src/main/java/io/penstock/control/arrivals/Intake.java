package io.penstock.control.arrivals;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives each object to the first subscription that takes it. Thread-safe. */
final class Intake {
  private final ArrivalStore store;
  private final Clock clock;

  Intake(ArrivalStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * What of the objects was not taken.
   *
   * @param unmatched that nobody wants
   * @param blocked that somebody wants who cannot load them now: they must be found again
   * @param problem of the last one of those
   */
  record Left(Set<Found> unmatched, Set<Found> blocked, Optional<String> problem) {}

  /**
   * @param wanting in the order in which they are asked
   * @param queued whether a queue told of the objects
   */
  Left take(List<Subscription> wanting, List<Found> objects, boolean queued) {
    Map<StreamKey, List<Found>> streams = new LinkedHashMap<>();
    Set<Found> unmatched = new HashSet<>();
    Set<Found> blocked = new HashSet<>();
    Optional<String> problem = Optional.empty();
    for (Found object : distinct(objects)) {
      Optional<Subscription> first =
          wanting.stream().filter(one -> one.takes().test(object.url())).findFirst();
      boolean folderMark = object.size() == 0 && object.key().endsWith("/");
      if (first.isEmpty() || folderMark) {
        unmatched.add(object);
        continue;
      }
      Subscription.Made made = first.get().loading().of(object.bucket());
      if (made.definition().isEmpty()) {
        blocked.add(object);
        problem = Optional.of(object.url() + ": " + String.join(" ", made.problems()));
        continue;
      }
      streams
          .computeIfAbsent(first.get().stream(object.bucket()), key -> new ArrayList<>())
          .add(object);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    streams.forEach((stream, found) -> store.take(stream, found, queued, now));
    return new Left(unmatched, blocked, problem);
  }

  /** A queue may tell of an object more than once. */
  private static Collection<Found> distinct(List<Found> objects) {
    Map<List<String>, Found> distinct = new LinkedHashMap<>();
    objects.forEach(one -> distinct.putIfAbsent(List.of(one.url(), one.etag()), one));
    return distinct.values();
  }
}

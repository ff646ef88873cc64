package io.penstock.control.arrivals;

import io.penstock.control.arrivals.ArrivalStore.Fate;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.SourceAccess;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.S3Access;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a queue. A message is deleted when all its objects are in their tables; what is not deleted
 * comes again, to this server or another, and finds its objects taken. So nothing but the messages
 * in hand is remembered.
 */
final class QueueWatcher implements Watcher {
  /** Until a message comes again: loading should take less. */
  private static final Duration HIDDEN = Duration.ofMinutes(5);

  /** So that a look at a full queue returns soon. */
  private static final int BATCHES = 50;

  /** Their objects are looked up every time. */
  private static final int MAX_IN_HAND = 5_000;

  private final WatchKey key;
  private final Feed.Queue feed;
  private final Watches watches;
  private final ArrivalStore store;
  private final Queues queues;
  private final SourceAccess access;
  private final Intake intake;
  private final Clock clock;
  private final Map<String, InHand> inHand = new LinkedHashMap<>();

  QueueWatcher(
      WatchKey key,
      Feed.Queue feed,
      Watches watches,
      ArrivalStore store,
      Queues queues,
      SourceAccess access,
      Intake intake,
      Clock clock) {
    this.key = key;
    this.feed = feed;
    this.watches = watches;
    this.store = store;
    this.queues = queues;
    this.access = access;
    this.intake = intake;
    this.clock = clock;
  }

  /** A message that waits for its objects. */
  private record InHand(Queues.Message message, List<Found> objects) {}

  @Override
  public void look(List<Subscription> wanting) throws IOException {
    S3Access reached = access.of(key.organization(), source());
    acknowledge(reached);
    List<InHand> fresh = new ArrayList<>();
    try {
      for (int i = 0; i < BATCHES && inHand.size() + fresh.size() < MAX_IN_HAND; i++) {
        List<Queues.Message> received = queues.receive(reached, feed.name(), HIDDEN);
        watches.answered(key, clock.instant());
        if (received.isEmpty()) {
          return;
        }
        received.forEach(message -> read(message).ifPresent(fresh::add));
      }
    } finally {
      // Also what came before the queue ceased to answer: it is hidden now.
      take(wanting, fresh);
    }
  }

  /** Of a source, access to a queue takes no more than this. */
  private JobDefinition.Source source() {
    return new JobDefinition.Source(
        feed.connection(),
        Optional.empty(),
        feed.region(),
        "sqs",
        feed.name(),
        new ObjectSelection.Arrivals(),
        "",
        0,
        0);
  }

  /** A message that cannot be read is left to the queue, which knows what to do with such. */
  private Optional<InHand> read(Queues.Message message) {
    try {
      return Optional.of(new InHand(message, S3Notification.read(message.body())));
    } catch (IOException e) {
      watches.failed(key, clock.instant(), e.getMessage());
      return Optional.empty();
    }
  }

  private void take(List<Subscription> wanting, List<InHand> fresh) {
    List<Found> objects = fresh.stream().flatMap(one -> one.objects().stream()).toList();
    Intake.Left left = intake.take(wanting, objects, true);
    if (!left.unmatched().isEmpty()) {
      watches.unmatched(key, left.unmatched().size());
    }
    left.problem().ifPresent(problem -> watches.failed(key, clock.instant(), problem));
    for (InHand one : fresh) {
      if (Collections.disjoint(one.objects(), left.blocked())) {
        List<Found> wanted = new ArrayList<>(one.objects());
        wanted.removeAll(left.unmatched());
        inHand.put(one.message().id(), new InHand(one.message(), wanted));
      }
    }
  }

  private void acknowledge(S3Access reached) throws IOException {
    List<Found> objects =
        inHand.values().stream().flatMap(one -> one.objects().stream()).distinct().toList();
    Map<Found, Fate> fates = store.fates(key.organization(), objects);
    List<Queues.Message> settled = new ArrayList<>();
    List<String> letGo = new ArrayList<>();
    for (InHand one : inHand.values()) {
      Set<Fate> own = one.objects().stream().map(fates::get).collect(Collectors.toSet());
      if (own.contains(Fate.UNKNOWN)) {
        letGo.add(one.message().id());
      } else if (!own.contains(Fate.WAITING)) {
        settled.add(one.message());
      }
    }
    queues.delete(reached, feed.name(), settled);
    settled.forEach(message -> inHand.remove(message.id()));
    letGo.forEach(inHand::remove);
  }
}

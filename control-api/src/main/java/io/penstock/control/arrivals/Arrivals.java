package io.penstock.control.arrivals;

import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.SourceAccess;
import io.penstock.control.job.TablePublisher;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for arrivals, again and again, on a thread of its own, and at each feed on one of a few
 * more: a bucket that does not answer keeps no other waiting. Of several servers one does so.
 */
public final class Arrivals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  /** Feeds that are looked at at once. */
  private static final int LOOKS = 4;

  /** After that another server takes over. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** For the round that is under way. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Settings settings;
  private final Ports ports;
  private final Clock clock;
  private final UUID server = UUID.randomUUID();
  private final Intake intake;
  private final StreamJobs streamJobs;
  private final Settlement settlement;
  private final Map<WatchKey, Watcher> watchers = new HashMap<>();
  private final Set<WatchKey> busy = ConcurrentHashMap.newKeySet();
  private final ExecutorService looks = Executors.newFixedThreadPool(LOOKS, Arrivals::daemon);
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(Arrivals::daemon);

  /**
   * How it works.
   *
   * @param interval between two looks at a feed
   * @param betweenPasses from one listing of all of a prefix to the next
   */
  public record Settings(Duration interval, Duration betweenPasses) {}

  /** What it works on. */
  public record Ports(
      Subscriptions subscriptions,
      Watches watches,
      ArrivalStore store,
      Streams streams,
      Listing listing,
      Queues queues,
      SourceAccess access,
      Jobs jobs,
      JobFolders folders,
      TablePublisher tables) {}

  public Arrivals(Settings settings, Ports ports, Clock clock) {
    this.settings = settings;
    this.ports = ports;
    this.clock = clock;
    this.intake = new Intake(ports.store(), clock);
    this.streamJobs = new StreamJobs(ports.jobs(), clock);
    this.settlement =
        new Settlement(ports.streams(), ports.folders(), ports.tables(), ports.jobs(), clock);
  }

  private static Thread daemon(Runnable task) {
    Thread made = new Thread(task, "penstock-arrivals");
    made.setDaemon(true);
    return made;
  }

  public void start() {
    // It never ends by itself: no round throws.
    Future<?> unused =
        rounds.scheduleWithFixedDelay(
            this::tryRound, 0, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tryRound() {
    try {
      round(looks);
    } catch (IOException | RuntimeException e) {
      LOG.warn("a round failed; the next one follows", e);
    }
  }

  /**
   * One look at every feed, and one step for every stream.
   *
   * @param executor that looks run on; a feed that is still being looked at is left out
   */
  void round(Executor executor) throws IOException {
    if (!ports.watches().lead(server, clock.instant(), LEASE)) {
      return;
    }
    List<Subscription> all = ports.subscriptions().all();
    watch(all, executor);
    settlement.writePlans();
    follow(all.stream().filter(Subscription::enabled).toList());
  }

  private void watch(List<Subscription> all, Executor executor) {
    Map<WatchKey, Subscription> feeds = new LinkedHashMap<>();
    all.forEach(one -> feeds.putIfAbsent(one.watch(), one));
    ports.watches().keepOnly(feeds.keySet());
    watchers.keySet().retainAll(feeds.keySet());
    feeds.forEach(
        (key, first) -> {
          List<Subscription> wanting = wanting(all, first);
          wanting.stream()
              .filter(one -> one.watch().equals(key))
              .findFirst()
              .ifPresent(enabled -> ports.watches().open(key, enabled.since()));
          if (!wanting.isEmpty() && busy.add(key)) {
            Watcher watcher = watchers.computeIfAbsent(key, k -> watcher(k, first.feed()));
            executor.execute(() -> look(key, watcher, wanting));
          }
        });
    ports.store().forgetQueued(clock.instant().minus(PrefixWatcher.MEMORY));
  }

  /**
   * A queue's objects may go to whatever is fed by queues; a prefix's to whom it was listed for.
   */
  private static List<Subscription> wanting(List<Subscription> all, Subscription of) {
    boolean any = all.stream().anyMatch(one -> one.enabled() && one.watch().equals(of.watch()));
    return all.stream()
        .filter(one -> any && one.enabled() && one.organization().equals(of.organization()))
        .filter(
            one ->
                of.feed() instanceof Feed.Queue
                    ? one.feed() instanceof Feed.Queue
                    : one.feed().equals(of.feed()))
        .toList();
  }

  private Watcher watcher(WatchKey key, Feed feed) {
    return feed instanceof Feed.Queue queue
        ? new QueueWatcher(
            key,
            queue,
            ports.watches(),
            ports.store(),
            ports.queues(),
            ports.access(),
            intake,
            clock)
        : new PrefixWatcher(
            key,
            (Feed.Prefix) feed,
            ports.watches(),
            ports.store(),
            ports.listing(),
            ports.access(),
            intake,
            settings.betweenPasses(),
            clock);
  }

  private void look(WatchKey key, Watcher watcher, List<Subscription> wanting) {
    try {
      watcher.look(wanting);
    } catch (IOException | RuntimeException e) {
      LOG.warn("feed={} cannot be looked at now: {}", key.feed(), e.toString());
      ports.watches().failed(key, clock.instant(), String.valueOf(e.getMessage()));
    } finally {
      busy.remove(key);
    }
  }

  private void follow(List<Subscription> enabled) {
    Map<StreamKey, Subscription> bySource =
        enabled.stream()
            .collect(Collectors.toMap(one -> one.stream(""), one -> one, (one, other) -> one));
    for (Subscription one : enabled) {
      if (one.feed() instanceof Feed.Prefix prefix) {
        // Its job is to run before the first object comes.
        ports.streams().open(one.stream(prefix.source().bucket()));
      }
    }
    for (Stream stream : ports.streams().all()) {
      try {
        StreamKey key = stream.key();
        follow(
            stream,
            Optional.ofNullable(
                bySource.get(new StreamKey(key.organization(), key.table(), key.entry(), ""))));
      } catch (IOException | RuntimeException e) {
        LOG.warn("jobId={} cannot be followed now: {}", stream.id(), e.toString());
      }
    }
  }

  /** What a stopped job did is settled before anything else becomes of its stream. */
  private void follow(Stream stream, Optional<Subscription> wanted) throws IOException {
    boolean stopped = streamJobs.stopped(stream);
    boolean settled = settlement.settle(stream);
    if (wanted.isEmpty()) {
      if (stopped && settled) {
        ports.streams().release(stream.id());
      } else {
        streamJobs.stopUnless(stream, Optional.empty());
      }
      return;
    }
    Optional<JobDefinition> definition =
        wanted.get().loading().of(stream.key().bucket()).definition();
    if (definition.isPresent() && stopped && settled) {
      streamJobs.start(stream, definition.get());
    } else if (definition.isPresent() && !stopped) {
      streamJobs.stopUnless(stream, definition);
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    looks.shutdownNow();
    try {
      if (!rounds.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a round goes on after {}", CLOSING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

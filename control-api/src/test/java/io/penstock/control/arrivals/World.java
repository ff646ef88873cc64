package io.penstock.control.arrivals;

import io.penstock.control.identity.SettableClock;
import io.penstock.control.job.CancelReceipt;
import io.penstock.control.job.FakeJobStore;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobChanges;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobService;
import io.penstock.control.job.JobState;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TestJobs;
import io.penstock.control.store.Database;
import io.penstock.control.store.JdbiArrivals;
import io.penstock.control.store.JdbiStreams;
import io.penstock.control.store.JdbiWatches;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.S3Access;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;

/** Everything around arrivals: a bucket, a queue, jobs that run when they are told to, tables. */
final class World {
  static final Duration BETWEEN_PASSES = Duration.ofMinutes(1);
  static final Feed.Prefix PREFIX = new Feed.Prefix(source(new ObjectSelection.Prefix("in/")));
  static final Feed.Queue QUEUE = new Feed.Queue("arrived", Optional.empty(), Optional.empty());
  private static final S3Access ACCESS =
      new S3Access(Optional.empty(), "us-east-1", true, Optional.empty());

  final UUID organization = UUID.randomUUID();
  final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
  final Faults faults;
  final FakeBucket bucket;
  final FakeQueue queue;
  final FakeFolders folders;
  final FakeTable table;
  final FakeJobStore jobs = new FakeJobStore();
  final JdbiWatches watches;
  final JdbiArrivals store;
  final JdbiStreams streams;
  final List<Subscription> subscriptions = new ArrayList<>();
  private Arrivals server;

  World(Database database, Random random) {
    faults = new Faults(random);
    bucket = new FakeBucket(faults);
    queue = new FakeQueue(faults, clock);
    folders = new FakeFolders(faults);
    table = new FakeTable(faults);
    watches = new JdbiWatches(database);
    store = new JdbiArrivals(database);
    streams = new JdbiStreams(database);
    restart();
  }

  private static JobDefinition.Source source(ObjectSelection selection) {
    return new JobDefinition.Source(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "s3",
        FakeBucket.NAME,
        selection,
        "",
        0,
        0);
  }

  /** A definition for a new table. */
  static JobDefinition definition(long maxRows) {
    return TestJobs.definition(PublishMode.TASK, new ObjectSelection.Arrivals(), maxRows);
  }

  Subscription subscription(JobDefinition definition, Feed feed, Predicate<String> takes) {
    return new Subscription(
        organization,
        definition.table(),
        "entry",
        true,
        clock.instant(),
        feed,
        takes,
        name -> new Subscription.Made(Optional.of(definition), List.of()));
  }

  static Subscription disabled(Subscription s) {
    return new Subscription(
        s.organization(), s.table(), s.entry(), false, s.since(), s.feed(), s.takes(), s.loading());
  }

  /** What only the server's memory knew is gone; its lease is not. */
  void restart() {
    server = newServer();
    clock.pass(Duration.ofSeconds(16));
  }

  Arrivals newServer() {
    return newServer(Duration.ofMillis(1), () -> List.copyOf(subscriptions));
  }

  Arrivals newServer(Duration interval, Subscriptions wanted) {
    return new Arrivals(
        new Arrivals.Settings(interval, BETWEEN_PASSES),
        new Arrivals.Ports(
            wanted,
            watches,
            store,
            streams,
            bucket,
            queue,
            (of, source) -> ACCESS,
            new JobService(jobs, clock, () -> {}),
            folders,
            table),
        clock);
  }

  /** One round, whatever fails in it. */
  void round() {
    clock.pass(Duration.ofSeconds(2));
    try {
      server.round(Runnable::run);
    } catch (IOException | RuntimeException e) {
      // The next round follows.
    }
  }

  void rounds(int count) {
    for (int i = 0; i < count; i++) {
      round();
    }
  }

  List<Stream> all() {
    return streams.all();
  }

  Job job(Stream stream) {
    return jobs.job(stream.id());
  }

  /** Brings jobs to where Flink and the reconciler would. */
  void reconcile() {
    for (Job job : jobs.active()) {
      Job next =
          switch (job.state()) {
            case QUEUED ->
                job.cancelRequested() ? canceled(job) : JobChanges.submitting(job, clock.instant());
            case SUBMITTING -> JobChanges.running(job, clock.instant());
            case RUNNING ->
                job.cancelRequested() ? canceled(JobChanges.cancelling(job, clock.instant())) : job;
            default -> job;
          };
      if (!next.equals(job)) {
        jobs.update(next, "test", "");
      }
    }
  }

  private Job canceled(Job job) {
    return JobChanges.canceled(
        job,
        clock.instant(),
        job.progress(),
        new CancelReceipt(0, 0, 0, true, ""),
        Optional.of("s3://savepoint/" + job.attempt().number()));
  }

  /** Everything that can be done now is done. */
  void work() {
    for (int i = 0; i < 6; i++) {
      round();
      reconcile();
      for (Stream stream : all()) {
        if (running(stream)) {
          folders.finishAll(stream.id());
        }
      }
    }
    round();
  }

  boolean running(Stream stream) {
    Job job = jobs.job(stream.id());
    return job != null && job.state() == JobState.RUNNING;
  }
}

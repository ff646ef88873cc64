package io.penstock.control.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.Job;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobState;
import io.penstock.control.store.Database;
import io.penstock.control.store.TestDatabase;
import io.penstock.spec.PlannedTask;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of objects that arrive, on a real PostgreSQL. */
final class ArrivalsTest {
  private static String url;
  private static Database database;
  private final JobDefinition orders = World.definition(1_000);
  private World world;

  @BeforeAll
  static void open() {
    url = TestDatabase.url();
    database = Database.open(url, "postgres", "");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "TRUNCATE arrival_lead, arrival_watch, arrival_stream, arrival, arrival_task, arrival_segment");
    }
    world = new World(database, new Random(0));
  }

  private void put(String... keys) {
    for (String key : keys) {
      world.bucket.put("in/" + key, world.clock.instant());
    }
  }

  private List<String> loaded() {
    return world.table.objects().stream().map(one -> one.replaceAll(".*:in/", "")).toList();
  }

  private void watchThePrefix() {
    world.subscriptions.add(world.subscription(orders, World.PREFIX, url -> true));
    world.clock.pass(Duration.ofMinutes(1));
    world.work();
  }

  @Test
  void theJobOfAPrefixRunsBeforeAnythingHasCome() {
    watchThePrefix();

    assertThat(world.all()).singleElement().satisfies(s -> assertThat(world.running(s)).isTrue());
  }

  @Test
  void whatComesInOrderIsLoadedAtTheNextLookAndWhatIsLateByTheNextPass() {
    watchThePrefix();
    put("b1", "b2", "b3", "b4", "b5");
    world.work();
    assertThat(loaded()).containsExactly("b1", "b2", "b3", "b4", "b5");

    put("a9", "b6");
    world.work();
    assertThat(loaded()).contains("b6").doesNotContain("a9");

    world.clock.pass(World.BETWEEN_PASSES);
    world.work();
    assertThat(loaded()).contains("a9").doesNotHaveDuplicates().hasSize(7);
  }

  @Test
  void anObjectThatIsWrittenAnewIsLoadedAnew() {
    watchThePrefix();
    put("a");
    world.work();
    put("a");
    world.clock.pass(World.BETWEEN_PASSES);
    world.work();

    assertThat(loaded()).containsExactly("a", "a");
  }

  @Test
  void whatWasThereBeforeIsNotLoadedAlsoAfterARestart() {
    put("a", "b", "c", "d", "e");
    world.clock.pass(Duration.ofMinutes(1));
    world.subscriptions.add(world.subscription(orders, World.PREFIX, url -> true));
    put("b2");
    world.work();
    world.restart();
    put("f");
    world.work();

    assertThat(loaded()).containsExactly("b2", "f");
  }

  @Test
  void aMessageIsDeletedWhenItsObjectIsInTheTableAndNotBefore() {
    world.subscriptions.add(world.subscription(orders, World.QUEUE, url -> true));
    world.queue.tell(world.bucket.put("in/a b+ü.gz", world.clock.instant()));
    world.rounds(2);
    world.reconcile();
    assertThat(world.queue.size()).isEqualTo(1);

    world.work();

    assertThat(loaded()).containsExactly("a b+ü.gz");
    assertThat(world.queue.size()).isZero();
  }

  @Test
  void whoeverTellsOfAnObjectItIsLoadedOnce() {
    JobDefinition other = World.definition(1_000);
    world.subscriptions.add(world.subscription(orders, World.QUEUE, url -> true));
    world.subscriptions.add(world.subscription(other, World.PREFIX, url -> true));
    world.work();
    Found object = world.bucket.put("in/a", world.clock.instant());
    world.queue.tell(object);
    world.queue.tell(object);
    world.work();
    world.queue.tell(object);
    world.restart();
    world.work();

    assertThat(loaded()).containsExactly("a");
    assertThat(world.queue.size()).isZero();
  }

  @Test
  void aNotificationIsNewsEvenOfWhatAPrefixFoundThereBefore() {
    Found object = world.bucket.put("in/a", world.clock.instant());
    world.clock.pass(Duration.ofMinutes(1));
    world.subscriptions.add(world.subscription(World.definition(1), World.PREFIX, url -> true));
    world.subscriptions.add(world.subscription(orders, World.QUEUE, url -> true));
    world.work();
    assertThat(loaded()).isEmpty();

    world.queue.tell(object);
    world.work();

    assertThat(loaded()).containsExactly("a");
  }

  @Test
  void theFirstThatTakesAnObjectHasItAndWhatNobodyWantsIsCounted() {
    JobDefinition rest = World.definition(1);
    world.subscriptions.add(world.subscription(orders, World.QUEUE, url -> url.contains("o-")));
    world.subscriptions.add(
        world.subscription(rest, World.QUEUE, url -> url.startsWith("s3://landing/in/")));
    world.queue.tell(world.bucket.put("in/o-1", world.clock.instant()));
    world.queue.tell(world.bucket.put("in/x-1", world.clock.instant()));
    world.queue.tell(world.bucket.put("elsewhere", world.clock.instant()));
    world.queue.send("{\"Event\": \"s3:TestEvent\"}");
    world.work();

    assertThat(world.all())
        .extracting(stream -> stream.key().table(), stream -> stream.counts().counts().objects())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(orders.table().tableId(), 1L),
            org.assertj.core.groups.Tuple.tuple(rest.table().tableId(), 1L));
    assertThat(world.queue.size()).isZero();
    assertThat(watch(World.QUEUE).unmatched()).isEqualTo(1);
  }

  private Watch watch(Feed feed) {
    return world.watches.find(new WatchKey(world.organization, feed.key())).orElseThrow();
  }

  @Test
  void whatCannotBeReadComesAgainFromAQueueAndNotFromAPrefix() {
    watchThePrefix();
    world.subscriptions.add(world.subscription(World.definition(1), World.QUEUE, url -> true));
    world.folders.cannotRead("in/cut");
    world.folders.cannotRead("elsewhere/cut");
    put("cut");
    world.queue.tell(world.bucket.put("elsewhere/cut", world.clock.instant()));
    world.work();
    assertThat(world.queue.size()).isEqualTo(1);
    assertThat(world.all()).allSatisfy(s -> assertThat(s.counts().skipped()).isEqualTo(1));
    assertThat(world.all().get(0).lastError())
        .contains("s3://landing/in/cut was skipped: it is cut off");

    world.folders.canRead("in/cut");
    world.folders.canRead("elsewhere/cut");
    world.clock.pass(Duration.ofMinutes(5));
    world.work();

    assertThat(loaded()).hasSize(1);
    assertThat(world.queue.size()).isZero();
  }

  @Test
  void whatIsNoNotificationIsLeftToTheQueueAndNamed() {
    world.subscriptions.add(world.subscription(orders, World.QUEUE, url -> true));
    world.queue.send("{\"order\": 7}");
    world.rounds(3);

    assertThat(world.queue.size()).isEqualTo(1);
    assertThat(world.queue.received()).isEqualTo(1);
    assertThat(watch(World.QUEUE).lastError().orElseThrow()).contains("has no Records");
  }

  @Test
  void otherSettingsStopTheJobWithASavepointAndItGoesOnAsWhatItIsToBe() {
    watchThePrefix();
    put("a");
    world.work();
    Stream stream = world.all().get(0);
    JobDefinition changed =
        new JobDefinition(
            orders.table(),
            orders.transformName(),
            orders.transform(),
            orders.source(),
            World.definition(7).limits(),
            1,
            orders.failurePolicy(),
            orders.publish(),
            false);
    world.subscriptions.set(0, world.subscription(changed, World.PREFIX, url -> true));
    world.round();
    world.reconcile();
    assertThat(world.job(stream).state()).isEqualTo(JobState.CANCELED);
    put("b");
    world.work();

    Job job = world.job(stream);
    assertThat(job.definition()).isEqualTo(changed);
    assertThat(job.attempt().startFrom()).contains("s3://savepoint/1");
    assertThat(loaded()).containsExactly("a", "b");
  }

  @Test
  void whatIsOnItsWayToAnEntryThatGoesIsFoundAgainByWhoeverWantsIt() {
    watchThePrefix();
    put("a", "b");
    world.round();
    Stream first = world.all().get(0);
    List<PlannedTask> inHand = world.folders.take(first.id());
    JobDefinition other = World.definition(7);
    world.subscriptions.set(0, world.subscription(other, World.PREFIX, url -> true));
    world.round();
    world.reconcile();
    world.round();
    assertThat(world.job(first).state()).isEqualTo(JobState.CANCELED);
    assertThat(world.all()).extracting(Stream::id).doesNotContain(first.id());

    // Somebody did not hear of it: what it does now has no effect.
    inHand.forEach(task -> world.folders.finish(first.id(), task));
    world.clock.pass(World.BETWEEN_PASSES);
    world.work();

    assertThat(loaded()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void nothingIsLoadedWhileDisabledAndNothingForgotten() {
    watchThePrefix();
    put("a");
    world.work();
    Subscription enabled = world.subscriptions.get(0);
    world.subscriptions.set(0, World.disabled(enabled));
    world.work();
    put("b");
    world.work();
    assertThat(loaded()).containsExactly("a");
    assertThat(world.all()).isEmpty();

    world.subscriptions.set(0, enabled);
    world.clock.pass(World.BETWEEN_PASSES);
    world.work();

    assertThat(loaded()).containsExactly("a", "b");
  }

  @Test
  void whatWasThereWhenAnEntryWasFirstEnabledIsNotLoaded() {
    world.subscriptions.add(World.disabled(world.subscription(orders, World.PREFIX, url -> true)));
    world.work();
    put("a");
    world.clock.pass(Duration.ofMinutes(1));
    world.subscriptions.set(0, world.subscription(orders, World.PREFIX, url -> true));
    put("b");
    world.work();

    assertThat(loaded()).containsExactly("b");
  }

  @Test
  void whatATransformThatIsGoneLeavesIsLoadedWhenItIsBack() {
    watchThePrefix();
    Subscription sound = world.subscriptions.get(0);
    world.subscriptions.set(
        0,
        new Subscription(
            sound.organization(),
            sound.table(),
            sound.entry(),
            true,
            sound.since(),
            sound.feed(),
            sound.takes(),
            name -> new Subscription.Made(Optional.empty(), List.of("It has no transform."))));
    put("a");
    world.work();
    assertThat(watch(World.PREFIX).lastError()).contains("s3://landing/in/a: It has no transform.");

    world.subscriptions.set(0, sound);
    world.clock.pass(World.BETWEEN_PASSES);
    world.work();

    assertThat(loaded()).containsExactly("a");
  }

  @Test
  void ofTwoServersOneLooksUntilItIsGone() throws Exception {
    watchThePrefix();
    Arrivals other = world.newServer();
    put("a");

    other.round(Runnable::run);
    assertThat(world.all().get(0).waiting().objects()).isZero();

    world.clock.pass(Duration.ofSeconds(16));
    other.round(Runnable::run);
    assertThat(world.all().get(0).waiting().objects()).isEqualTo(1);
  }

  @Test
  void aTaskWhoseUploadsWereLostIsPlannedOnceMore() {
    watchThePrefix();
    Stream stream = world.all().get(0);
    put("a");
    world.round();
    assertThat(world.folders.take(stream.id())).hasSize(1);
    put("b");
    world.work();
    assertThat(loaded()).containsExactly("b");

    world.clock.pass(Settlement.PATIENCE);
    world.work();

    assertThat(loaded()).containsExactly("b", "a");
    assertThat(world.all().get(0).waiting().since()).isEmpty();
  }

  @Test
  void aDryRunCountsAndShowsNothing() {
    JobDefinition dry =
        new JobDefinition(
            orders.table(),
            orders.transformName(),
            orders.transform(),
            orders.source(),
            orders.limits(),
            1,
            orders.failurePolicy(),
            orders.publish(),
            true);
    world.subscriptions.add(world.subscription(dry, World.PREFIX, url -> true));
    world.work();
    put("a");
    world.work();

    assertThat(loaded()).isEmpty();
    assertThat(world.all().get(0).counts().counts().objects()).isEqualTo(1);
  }

  @Test
  void itIsForgottenOfWhatIsGoneThatItWasTaken() {
    watchThePrefix();
    Found object = world.bucket.put("in/a", world.clock.instant());
    Found kept = world.bucket.put("in/b", world.clock.instant());
    world.work();
    world.bucket.remove("in/a");
    world.clock.pass(PrefixWatcher.MEMORY.plusMinutes(1));
    world.work();

    assertThat(world.store.fates(world.organization, List.of(object, kept)))
        .containsEntry(object, ArrivalStore.Fate.UNKNOWN)
        .containsEntry(kept, ArrivalStore.Fate.SETTLED);
  }

  @Test
  void ofManyWhoTellOfAnObjectAtOnceOneHasIt() throws Exception {
    List<Found> objects =
        IntStream.range(0, 200)
            .mapToObj(i -> new Found("landing", "in/" + i, "e", 1, world.clock.instant()))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Void>> takers = new ArrayList<>();
    for (int taker = 0; taker < 8; taker++) {
      StreamKey key =
          new StreamKey(world.organization, orders.table().tableId(), "e" + taker, "landing");
      List<Found> shuffled = new ArrayList<>(objects);
      Collections.shuffle(shuffled, new Random(taker));
      takers.add(
          () -> {
            for (int from = 0; from < shuffled.size(); from += 50) {
              world.store.take(key, shuffled.subList(from, from + 50), true, world.clock.instant());
            }
            return null;
          });
    }

    for (Future<Void> done : threads.invokeAll(takers)) {
      done.get();
    }
    threads.shutdown();

    assertThat(world.all().stream().mapToLong(stream -> stream.waiting().objects()).sum())
        .isEqualTo(200);
    assertThat(
            world.streams.unwritten().values().stream()
                .flatMap(List::stream)
                .flatMap(segment -> segment.tasks().stream())
                .flatMap(task -> task.objects().stream()))
        .hasSize(200)
        .doesNotHaveDuplicates();
  }

  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("penstock.histories", 25));
  }

  /**
   * Requests fail, answers are lost, servers restart, settings change; every object is there once.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensEachObjectIsLoadedOnce(int seed) throws Exception {
    Random random = new Random(seed);
    world = new World(database, random);
    List<JobDefinition> definitions = new ArrayList<>(List.of(orders));
    for (int i = 0; i < 3; i++) {
      definitions.add(
          new JobDefinition(
              orders.table(),
              orders.transformName(),
              orders.transform(),
              orders.source(),
              World.definition(10 + i).limits(),
              1,
              orders.failurePolicy(),
              orders.publish(),
              false));
    }
    boolean queued = random.nextBoolean();
    Feed feed = queued ? World.QUEUE : World.PREFIX;
    world.subscriptions.add(world.subscription(orders, feed, url -> true));
    List<String> put = new ArrayList<>();
    List<PlannedTask> inHand = new ArrayList<>();
    world.faults.begin();
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(9)) {
        case 0, 1 -> {
          String key = "in/%03d".formatted(random.nextInt(1_000));
          if (!put.contains(key)) {
            put.add(key);
            Found object = world.bucket.put(key, world.clock.instant());
            for (int i = 0; queued && i < 1 + random.nextInt(2); i++) {
              world.queue.tell(object);
            }
          }
        }
        case 2 -> work(random, inHand);
        case 3 -> world.reconcile();
        case 4 -> {
          if (random.nextInt(4) == 0) {
            world.restart();
          }
        }
        case 5 -> {
          Subscription changed =
              world.subscription(definitions.get(random.nextInt(4)), feed, url -> true);
          world.subscriptions.set(0, random.nextInt(3) == 0 ? World.disabled(changed) : changed);
        }
        case 6 -> world.clock.pass(Duration.ofSeconds(random.nextInt(90)));
        default -> world.round();
      }
    }
    world.faults.end();
    world.subscriptions.set(0, world.subscription(orders, feed, url -> true));
    for (int i = 0; i < 3; i++) {
      world.clock.pass(Duration.ofHours(7));
      world.work();
    }

    assertThat(world.table.objects())
        .containsExactlyInAnyOrderElementsOf(put.stream().map(key -> "orders:" + key).toList());
    assertThat(world.queue.size()).isZero();
  }

  /** A running job takes, finishes or loses tasks; one that is stopped finishes none. */
  private void work(Random random, List<PlannedTask> inHand) {
    for (Stream stream : world.all()) {
      if (world.running(stream)) {
        inHand.addAll(world.folders.take(stream.id()));
        for (PlannedTask task : List.copyOf(inHand)) {
          if (random.nextBoolean()) {
            world.folders.finish(stream.id(), task);
          }
        }
        inHand.clear();
      } else {
        inHand.clear();
      }
    }
  }
}

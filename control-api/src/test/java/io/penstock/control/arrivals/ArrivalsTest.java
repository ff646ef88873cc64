package io.penstock.control.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.control.job.JobDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of objects that arrive, on a real PostgreSQL. */
final class ArrivalsTest extends InAWorld {
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
  void aRoundThatFailsIsFollowedByTheNextNoSoonerThanOthers() {
    AtomicInteger rounds = new AtomicInteger();
    Subscriptions away =
        () -> {
          rounds.incrementAndGet();
          throw new IllegalStateException("the database is away");
        };
    try (Arrivals server = world.newServer(Duration.ofHours(1), away)) {
      server.start();
      await().until(() -> rounds.get() > 0);

      await().during(Duration.ofMillis(300)).until(() -> rounds.get() == 1);
    }
  }
}

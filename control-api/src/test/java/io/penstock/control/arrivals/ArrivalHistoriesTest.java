package io.penstock.control.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.JobDefinition;
import io.penstock.spec.PlannedTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens, each object is loaded once. */
final class ArrivalHistoriesTest extends InAWorld {
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
    world = newWorld(random);
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

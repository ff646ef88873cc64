package io.penstock.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.export.Agenda.Matter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class DbAgendaTest {
  private static Map<Matter, Function<UUID, Optional<Instant>>> steps(
      Function<UUID, Optional<Instant>> step) {
    Map<Matter, Function<UUID, Optional<Instant>>> steps = new EnumMap<>(Matter.class);
    for (Matter matter : Matter.values()) {
      steps.put(matter, step);
    }
    return steps;
  }

  @Test
  void ofTwoReplicasOneLooksAtAThing() throws Exception {
    int things = 20;
    Queue<UUID> seen = new ConcurrentLinkedQueue<>();
    CountDownLatch looks = new CountDownLatch(2 * things);
    Function<UUID, Optional<Instant>> step =
        id -> {
          boolean again = !seen.contains(id);
          seen.add(id);
          looks.countDown();
          return again ? Optional.of(Instant.now()) : Optional.empty();
        };
    String url = TestDatabase.url();
    try (Database one = Database.open(url, "postgres", "");
        Database two = Database.open(url, "postgres", "");
        DbAgenda first = new DbAgenda(one, List.of());
        DbAgenda second = new DbAgenda(two, List.of())) {
      for (int i = 0; i < things; i++) {
        UUID id = new UUID(1, i);
        first.at(Matter.RUN, id, Instant.now().plusSeconds(3_600));
        second.at(Matter.RUN, id, Instant.now());
        first.ensure(Matter.RUN, id, Instant.now());
      }
      first.at(Matter.SCHEDULE, new UUID(2, 0), Instant.now());
      first.remove(Matter.SCHEDULE, new UUID(2, 0));
      first.start(steps(step), () -> {});
      second.start(steps(step), () -> {});

      assertThat(looks.await(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(seen).hasSize(2 * things).doesNotContain(new UUID(2, 0));
  }

  @Test
  void recurringWorkIsDoneByOneReplicaAtATime() throws Exception {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch rounds = new CountDownLatch(3);
    Runnable work =
        () -> {
          most.accumulateAndGet(working.incrementAndGet(), Math::max);
          rounds.countDown();
          working.decrementAndGet();
        };
    List<DbAgenda.Recurring> recurring =
        List.of(new DbAgenda.Recurring("test-work", Duration.ofMillis(10), work));
    String url = TestDatabase.url();
    try (Database one = Database.open(url, "postgres", "");
        Database two = Database.open(url, "postgres", "");
        DbAgenda first = new DbAgenda(one, recurring);
        DbAgenda second = new DbAgenda(two, recurring)) {
      first.start(steps(id -> Optional.empty()), () -> {});
      second.start(steps(id -> Optional.empty()), () -> {});

      assertThat(rounds.await(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(most).hasValue(1);
  }
}

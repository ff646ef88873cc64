package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.TestSpecs;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.JobSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PlannedObject;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class IndexTaskEnumeratorTest {
  private static final int OBJECTS = 2_350;
  private static final JobSpec EACH_ITS_TASK =
      TestSpecs.listing(new ObjectSelection.Prefix("in/"), "", 0, 0);

  private final MemoryObjectStore store = new MemoryObjectStore();

  @BeforeEach
  void upload() throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      store.put(TestSpecs.LANDING, "in/%06d".formatted(i), new byte[1 + i % 7]);
    }
  }

  @Test
  void tasksRunInKeyOrderWhileListingGoesOn() throws Throwable {
    try (EnumeratorHistory history = new EnumeratorHistory(EACH_ITS_TASK, store, 2)) {
      history.request(0);
      history.request(1);
      while (history.held(1) == null) {
        history.step();
      }

      assertThat(history.held(0).number()).isZero();
      assertThat(history.held(1).number()).isEqualTo(1);
      assertThat(history.listingComplete()).isFalse();

      history.runToEnd();
      assertThat(history.done()).hasSize(OBJECTS);
      assertThat(history.keysOfDone())
          .isEqualTo(IntStream.range(0, OBJECTS).mapToObj("in/%06d"::formatted).toList());
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  /** Checkpoints, dying readers and dying JobManagers at random moments. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whateverDiesEveryTaskIsDoneAndNoneByTwoAtOnce(int seed) throws Throwable {
    Random random = new Random(seed);
    JobSpec spec = TestSpecs.listing(new ObjectSelection.Prefix("in/"), "", 0, random.nextInt(40));
    try (EnumeratorHistory history = new EnumeratorHistory(spec, store, 1 + random.nextInt(4))) {
      for (int i = 0; i < 600; i++) {
        switch (random.nextInt(12)) {
          case 0 -> history.checkpoint();
          case 1 -> history.killReader(random.nextInt(history.readers()));
          case 2 -> {
            if (random.nextInt(10) == 0) {
              history.restart();
            }
          }
          case 3, 4, 5 -> history.step();
          default -> history.act(random.nextInt(history.readers()));
        }
      }
      history.runToEnd();

      assertThat(history.keysOfDone())
          .isEqualTo(IntStream.range(0, OBJECTS).mapToObj("in/%06d"::formatted).toList());
    }
  }

  @Test
  void filterAndMaximumAreAppliedInKeyOrder() throws Throwable {
    JobSpec spec =
        TestSpecs.listing(new ObjectSelection.Prefix("in/"), "s3://landing/in/.*5$", 30, 10);
    try (EnumeratorHistory history = new EnumeratorHistory(spec, store, 1)) {
      history.runToEnd();

      assertThat(history.keysOfDone())
          .isEqualTo(
              IntStream.range(0, 30).mapToObj(i -> "in/%06d".formatted(i * 10 + 5)).toList());
      assertThat(history.done())
          .allSatisfy(
              task ->
                  assertThat(
                          task.objects().size() == 1
                              || task.objects().stream().mapToLong(PlannedObject::size).sum() <= 10)
                      .isTrue());
    }
  }

  @Test
  void namedObjectsAreReadOnceEachAndAMissingOneIsNamed() throws Throwable {
    JobSpec spec =
        TestSpecs.listing(
            new ObjectSelection.Objects(List.of("in/000003", "in/000001", "in/000003")), "", 0, 0);
    try (EnumeratorHistory history = new EnumeratorHistory(spec, store, 1)) {
      history.runToEnd();

      assertThat(history.keysOfDone()).containsExactly("in/000001", "in/000003");
    }
    List<String> keys = List.of("in/000001", "in/none");
    JobSpec missing = TestSpecs.listing(new ObjectSelection.Objects(keys), "", 0, 0);
    MemoryObjectStore other = new MemoryObjectStore();
    other.put(TestSpecs.LANDING, "in/000001", new byte[1]);
    try (EnumeratorHistory history = new EnumeratorHistory(missing, other, 1)) {
      assertThatThrownBy(history::runToEnd)
          .hasStackTraceContaining("s3://landing/in/none does not exist");
      assertThat(other.get(TestSpecs.WAREHOUSE, missing.folder().listFailure(1))).isPresent();
    }
  }
}

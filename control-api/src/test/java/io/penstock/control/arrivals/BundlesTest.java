package io.penstock.control.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BundlesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyObjectIsInOneTaskInOrderAndTasksAreBounded(int seed) {
    Random random = new Random(seed);
    List<Found> found = new ArrayList<>();
    for (int i = random.nextInt(700); i >= 0; i--) {
      long size = random.nextInt(20) == 0 ? random.nextLong(1L << 30) : random.nextInt(1 << 20);
      found.add(new Found("b", "k" + i, "e" + i, size, NOW));
    }

    List<PlannedTask> tasks = Bundles.of(found, 7, NOW);

    assertThat(tasks.stream().flatMap(task -> task.objects().stream()))
        .containsExactlyElementsOf(found.stream().map(Found::planned).toList());
    assertThat(tasks)
        .extracting(PlannedTask::number)
        .isSorted()
        .startsWith(7)
        .doesNotHaveDuplicates();
    assertThat(tasks)
        .allSatisfy(
            task -> {
              assertThat(task.objects().size()).isLessThanOrEqualTo(Bundles.MAX_OBJECTS);
              assertThat(task.objects().size() == 1 || task.storedBytes() <= Bundles.MAX_BYTES)
                  .isTrue();
              assertThat(task.plannedAt()).isEqualTo(Optional.of(NOW));
            });
  }

  @Test
  void theEntityTagHasQuotesWhoeverTellsOfIt() {
    assertThat(new Found("b", "k", "abc", 1, NOW))
        .isEqualTo(new Found("b", "k", "\"abc\"", 1, NOW));
    assertThat(new Found("b", "k", "abc", 1, NOW).planned())
        .isEqualTo(new PlannedObject("k", "\"abc\"", 1));
  }
}

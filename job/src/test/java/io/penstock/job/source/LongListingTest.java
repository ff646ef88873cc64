package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.TestSpecs;
import io.penstock.job.s3.ForwardingStore;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.JobSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LongListingTest {
  private static final int PAGE = 1_000;

  private final Endless store = new Endless();

  /** As many objects as are wished, that take no memory; what is written is kept. */
  private static final class Endless extends ForwardingStore {
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger stats = new AtomicInteger();
    private final AtomicInteger statsAtOnce = new AtomicInteger();
    private int objects;

    Endless() {
      super(new MemoryObjectStore());
    }

    private static ObjectStat object(int number) {
      return new ObjectStat("in/%08d".formatted(number), "e", 100);
    }

    @Override
    public ListPage list(String bucket, String prefix, Optional<String> after) {
      pages.incrementAndGet();
      int from = after.map(key -> Integer.parseInt(key.substring(3)) + 1).orElse(0);
      int to = Math.min(from + PAGE, objects);
      return new ListPage(
          IntStream.range(from, to).mapToObj(Endless::object).toList(), to == objects);
    }

    @Override
    public Optional<ObjectStat> stat(String bucket, String key) {
      int now = statsAtOnce.incrementAndGet();
      assertThat(now).isLessThanOrEqualTo(32);
      stats.incrementAndGet();
      statsAtOnce.decrementAndGet();
      return Optional.of(object(Integer.parseInt(key.substring(3))));
    }
  }

  private Planner planner(ObjectSelection selection, long inputAggregation) throws IOException {
    JobSpec spec = TestSpecs.listing(selection, "", 0, inputAggregation);
    return Planner.resume(spec, store, store);
  }

  @Test
  void aMillionObjectsAreAThousandPagesAndTheFirstTaskIsThereAfterOne() throws Exception {
    store.objects = 1_000_000;
    Planner planner = planner(new ObjectSelection.Prefix("in/"), 20_000);

    PlanSummary first = planner.step();
    assertThat(first.complete()).isFalse();
    assertThat(planner.segment(0).tasks()).hasSize(5);
    PlanSummary last = first;
    while (!last.complete()) {
      last = planner.step();
    }

    assertThat(store.pages).hasValue(1_000);
    assertThat(last.objectsSelected()).isEqualTo(1_000_000);
    assertThat(last.tasks()).isEqualTo(5_000);
    assertThat(last.segments()).isEqualTo(1_000);
    assertThat(planner.segment(999).tasks())
        .last()
        .extracting(PlannedTask::number)
        .isEqualTo(4_999);
  }

  @Test
  void aTaskNeverHasMoreObjectsThanFlinkCanHandOver() throws Exception {
    store.objects = 45_500;
    Planner planner = planner(new ObjectSelection.Prefix("in/"), Long.MAX_VALUE);

    List<Integer> sizes = new ArrayList<>();
    PlanSummary last = planner.step();
    while (!last.complete()) {
      last = planner.step();
    }
    for (int i = 0; i < last.segments(); i++) {
      PlanSegment segment = planner.segment(i);
      segment.tasks().forEach(task -> sizes.add(task.objects().size()));
    }

    assertThat(sizes).containsExactly(10_000, 10_000, 10_000, 10_000, 5_500);
  }

  @Test
  void longKeysMakeATaskSmaller() {
    TaskBundler bundler = new TaskBundler(Long.MAX_VALUE, false, 0);
    for (int i = 0; i < 10_000; i++) {
      bundler.add(new PlannedObject("k".repeat(1_000) + i, "e", 1));
    }

    assertThat(bundler.take()).hasSize(5);
  }

  @Test
  void aHundredThousandNamedObjectsAreAskedForOnceEachAndSeveralAtATime() throws Exception {
    List<String> keys = IntStream.range(0, 100_000).mapToObj(i -> Endless.object(i).key()).toList();
    Planner planner = planner(new ObjectSelection.Objects(keys), 1_000_000);

    int steps = 1;
    PlanSummary last = planner.step();
    while (!last.complete()) {
      last = planner.step();
      steps++;
    }

    assertThat(steps).isEqualTo(100);
    assertThat(store.stats).hasValue(100_000);
    assertThat(last.objectsSelected()).isEqualTo(100_000);
  }
}

package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.TestSpecs;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.JobSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.SpecJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArrivalEnumeratorTest {
  private static final JobSpec SPEC = TestSpecs.listing(new ObjectSelection.Arrivals(), "", 0, 0);

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final List<Integer> handedOut = new ArrayList<>();
  private MockSplitEnumeratorContext<IndexTaskSplit> context;
  private ArrivalEnumerator enumerator;
  private int seen;
  private int segments;
  private int tasks;

  @BeforeEach
  void start() {
    begin(PlanState.START);
  }

  @AfterEach
  void stop() throws Exception {
    context.close();
    enumerator.close();
  }

  @Test
  void aWaitingReaderGetsATaskWhenItsSegmentHasCome() throws Throwable {
    enumerator.handleSplitRequest(0, "here");
    poll();
    assertThat(handedOut).isEmpty();

    arrive(2);
    poll();

    assertThat(handedOut).containsExactly(0);
    assertThat(context.hasNoMoreSplits(0)).isFalse();
  }

  @Test
  void segmentsAreNotReadWhileNobodyWaits() throws Throwable {
    arrive(1);
    arrive(1);

    poll();

    assertThat(context.getOneTimeCallables()).isEmpty();
    assertThat(enumerator.snapshotState(1)).isEqualTo(PlanState.START);
  }

  @Test
  void whatAReaderLostIsHandedOutFirst() throws Throwable {
    arrive(3);
    enumerator.handleSplitRequest(0, "here");
    poll();

    IndexTaskSplit lost = context.getSplitsAssignmentSequence().get(0).assignment().get(0).get(0);
    enumerator.addSplitsBack(List.of(lost), 0);
    enumerator.handleSplitRequest(0, "here");
    enumerator.handleSplitRequest(0, "here");
    collect();

    assertThat(handedOut).containsExactly(0, 0, 1);
  }

  @Test
  void aTaskThatIsPlannedAgainIsHandedOutAgainAlsoAfterARestart() throws Throwable {
    arrive(3);
    for (int i = 0; i < 3; i++) {
      enumerator.handleSplitRequest(0, "here");
      poll();
    }
    write(List.of(task(1)));
    PlanState before = throughBytes(enumerator.snapshotState(1));
    enumerator.handleSplitRequest(0, "here");
    poll();
    assertThat(handedOut).containsExactly(0, 1, 2, 1);

    stop();
    begin(before);
    arrive(1);
    enumerator.handleSplitRequest(0, "here");
    poll();
    enumerator.handleSplitRequest(0, "here");
    poll();
    assertThat(handedOut).containsExactly(0, 1, 2, 1, 1, 3);
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /** After a restart exactly what was handed out since the checkpoint is handed out again. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whateverTheOrderEveryTaskIsHandedOutOnce(int seed) throws Throwable {
    Random random = new Random(seed);
    List<Integer> atCheckpoint = List.of();
    PlanState checkpoint = PlanState.START;
    for (int i = 0; i < 300; i++) {
      switch (random.nextInt(8)) {
        case 0 -> arrive(1 + random.nextInt(4));
        case 1 -> {
          checkpoint = throughBytes(enumerator.snapshotState(1));
          atCheckpoint = List.copyOf(handedOut);
        }
        case 2 -> {
          if (random.nextInt(5) == 0) {
            stop();
            handedOut.clear();
            handedOut.addAll(atCheckpoint);
            begin(checkpoint);
          }
        }
        case 3, 4 -> poll();
        default -> enumerator.handleSplitRequest(0, "here");
      }
      collect();
    }
    while (handedOut.size() < tasks) {
      enumerator.handleSplitRequest(0, "here");
      poll();
    }

    Set<Integer> distinct = new HashSet<>(handedOut);
    assertThat(distinct).hasSize(tasks);
    assertThat(handedOut).hasSize(tasks).isSorted();
  }

  private static PlanState throughBytes(PlanState state) throws IOException {
    return PlanStateSerializer.INSTANCE.deserialize(
        1, PlanStateSerializer.INSTANCE.serialize(state));
  }

  private void begin(PlanState state) {
    context = new MockSplitEnumeratorContext<>(1);
    enumerator = new ArrivalEnumerator(SPEC, store, context, state);
    seen = 0;
    context.registerReader(new ReaderInfo(0, "here"));
    enumerator.start();
  }

  /** One tick, and the I/O that it begins. */
  private void poll() throws Throwable {
    context.runPeriodicCallable(0);
    int before;
    do {
      before = handedOut.size();
      while (!context.getOneTimeCallables().isEmpty()) {
        context.runNextOneTimeCallable();
        collect();
        if (handedOut.size() == before) {
          break;
        }
      }
    } while (handedOut.size() > before);
    collect();
  }

  private void collect() {
    var all = context.getSplitsAssignmentSequence();
    for (; seen < all.size(); seen++) {
      all.get(seen).assignment().get(0).forEach(split -> handedOut.add(split.task().number()));
    }
  }

  private void arrive(int count) throws IOException {
    List<PlannedTask> planned = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      planned.add(task(tasks++));
    }
    write(planned);
  }

  private static PlannedTask task(int number) {
    return new PlannedTask(number, List.of(new PlannedObject("in/" + number, "\"e\"", 1)));
  }

  private void write(List<PlannedTask> planned) throws IOException {
    PlanSegment segment = new PlanSegment(PlanSegment.VERSION, segments, planned);
    store.put(TestSpecs.WAREHOUSE, SPEC.folder().planSegment(segments++), SpecJson.write(segment));
  }
}

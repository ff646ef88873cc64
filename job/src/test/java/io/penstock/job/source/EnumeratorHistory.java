package io.penstock.job.source;

import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.SpecJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;

/**
 * An enumerator with readers that hold one task each, and that die as Flink lets them: a reader
 * comes back with what it held at the last checkpoint, and what it was given since goes back to the
 * enumerator.
 */
final class EnumeratorHistory implements AutoCloseable {
  private final JobSpec spec;
  private final MemoryObjectStore store;
  private final PlannedTask[] held;
  private final boolean[] asking;
  private final boolean[] over;
  private final TreeMap<Integer, PlannedTask> done = new TreeMap<>();
  private final List<Set<Integer>> givenSinceCheckpoint = new ArrayList<>();

  private MockSplitEnumeratorContext<IndexTaskSplit> context;
  private IndexTaskEnumerator enumerator;
  private int assignmentsSeen;
  private PlanState checkpointed = PlanState.START;
  private PlannedTask[] heldAtCheckpoint;

  EnumeratorHistory(JobSpec spec, MemoryObjectStore store, int readers) {
    this.spec = spec;
    this.store = store;
    this.held = new PlannedTask[readers];
    this.heldAtCheckpoint = new PlannedTask[readers];
    this.asking = new boolean[readers];
    this.over = new boolean[readers];
    for (int i = 0; i < readers; i++) {
      givenSinceCheckpoint.add(new HashSet<>());
    }
    begin(PlanState.START);
  }

  private void begin(PlanState state) {
    context = new MockSplitEnumeratorContext<>(held.length);
    enumerator = new IndexTaskEnumerator(spec, access -> store, context, state);
    assignmentsSeen = 0;
    for (int reader = 0; reader < held.length; reader++) {
      context.registerReader(new ReaderInfo(reader, "here"));
    }
    enumerator.start();
  }

  int readers() {
    return held.length;
  }

  PlannedTask held(int reader) {
    return held[reader];
  }

  Collection<PlannedTask> done() {
    return done.values();
  }

  List<String> keysOfDone() {
    return done.values().stream()
        .flatMap(task -> task.objects().stream().map(PlannedObject::key))
        .toList();
  }

  boolean listingComplete() throws Exception {
    Optional<byte[]> json = store.get(spec.sink().bucket(), spec.folder().planSummary());
    return json.isPresent() && SpecJson.read(json.get(), PlanSummary.class).complete();
  }

  /** The next piece of the enumerator's I/O, if any waits. */
  boolean step() throws Throwable {
    if (context.getOneTimeCallables().isEmpty()) {
      return false;
    }
    context.runNextOneTimeCallable();
    deliver();
    return true;
  }

  void request(int reader) {
    if (held[reader] == null && !asking[reader] && !over[reader]) {
      asking[reader] = true;
      enumerator.handleSplitRequest(reader, "here");
      deliver();
    }
  }

  /** The reader finishes what it holds, or asks. */
  void act(int reader) {
    if (held[reader] != null) {
      done.put(held[reader].number(), held[reader]);
      held[reader] = null;
    }
    request(reader);
  }

  private void deliver() {
    List<SplitsAssignment<IndexTaskSplit>> all = context.getSplitsAssignmentSequence();
    for (; assignmentsSeen < all.size(); assignmentsSeen++) {
      all.get(assignmentsSeen)
          .assignment()
          .forEach((reader, splits) -> splits.forEach(split -> give(reader, split.task())));
    }
    for (int reader = 0; reader < held.length; reader++) {
      over[reader] = context.hasNoMoreSplits(reader);
    }
  }

  private void give(int reader, PlannedTask task) {
    if (!asking[reader] || held[reader] != null) {
      throw new AssertionError("reader " + reader + " did not ask for " + task);
    }
    for (PlannedTask other : held) {
      if (other != null && other.number() == task.number()) {
        throw new AssertionError("task " + task.number() + " is held twice");
      }
    }
    asking[reader] = false;
    held[reader] = task;
    givenSinceCheckpoint.get(reader).add(task.number());
  }

  void checkpoint() throws Exception {
    byte[] bytes = PlanStateSerializer.INSTANCE.serialize(enumerator.snapshotState(1));
    checkpointed = PlanStateSerializer.INSTANCE.deserialize(1, bytes);
    heldAtCheckpoint = held.clone();
    givenSinceCheckpoint.forEach(Set::clear);
  }

  /** One TaskManager dies. */
  void killReader(int reader) {
    context.unregisterReader(reader);
    List<IndexTaskSplit> back = new ArrayList<>();
    for (int number : givenSinceCheckpoint.get(reader)) {
      PlannedTask task = done.getOrDefault(number, held[reader]);
      back.add(new IndexTaskSplit(task, false));
      done.remove(number);
    }
    givenSinceCheckpoint.get(reader).clear();
    held[reader] = heldAtCheckpoint[reader];
    if (held[reader] != null) {
      done.remove(held[reader].number());
    }
    asking[reader] = false;
    over[reader] = false;
    context.resetNoMoreSplits(reader);
    enumerator.addSplitsBack(back, reader);
    context.registerReader(new ReaderInfo(reader, "here"));
    enumerator.addReader(reader);
    deliver();
  }

  /** The JobManager dies, and everything begins again from the last checkpoint. */
  void restart() throws Exception {
    context.close();
    enumerator.close();
    for (int reader = 0; reader < held.length; reader++) {
      for (int number : givenSinceCheckpoint.get(reader)) {
        done.remove(number);
      }
      givenSinceCheckpoint.get(reader).clear();
      held[reader] = heldAtCheckpoint[reader];
      if (held[reader] != null) {
        done.remove(held[reader].number());
      }
      asking[reader] = false;
      over[reader] = false;
    }
    begin(checkpointed);
  }

  void runToEnd() throws Throwable {
    int idle = 0;
    while (idle < 3) {
      boolean moved = step();
      for (int reader = 0; reader < held.length; reader++) {
        moved |= held[reader] != null || !over[reader];
        act(reader);
      }
      boolean allOver = true;
      for (boolean one : over) {
        allOver &= one;
      }
      idle = allOver || !moved ? idle + 1 : 0;
    }
  }

  @Override
  public void close() throws Exception {
    context.close();
    enumerator.close();
  }
}

package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.TestSpecs;
import io.penstock.job.record.Chunk;
import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TaskReaderTest {
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final List<PlannedObject> objects = new ArrayList<>();

  @BeforeEach
  void upload() throws Exception {
    for (int i = 0; i < 60; i++) {
      String key = "in/%02d".formatted(i);
      byte[] line = (key + "\n").getBytes(StandardCharsets.UTF_8);
      store.put(TestSpecs.LANDING, key, line);
      String etag = store.stat(TestSpecs.LANDING, key).orElseThrow().etag();
      objects.add(new PlannedObject(key, etag, line.length));
    }
  }

  @Test
  void objectsComeInOrderWithTheirStoredBytes() throws Exception {
    List<ReadEvent> events = read(FailurePolicy.FAIL_TASK);

    assertThat(lines(events)).isEqualTo(objects.stream().map(PlannedObject::key).toList());
    assertThat(events).last().isEqualTo(new ReadEvent.TaskRead(List.of()));
  }

  @Test
  void anObjectThatChangedIsSkippedAndTheTaskBeginsAnewWithoutIt() throws Exception {
    store.put(TestSpecs.LANDING, "in/07", new byte[6]);
    store.put(TestSpecs.LANDING, "in/40", new byte[6]);

    List<ReadEvent> events = read(FailurePolicy.SKIP_OBJECT);

    List<ReadEvent> last = events.subList(lastBeginning(events), events.size());
    assertThat(events.stream().filter(ReadEvent.TaskStarted.class::isInstance)).hasSize(3);
    assertThat(lines(last)).hasSize(58).doesNotContain("in/07", "in/40").contains("in/08");
    assertThat(((ReadEvent.TaskRead) last.get(last.size() - 1)).skipped())
        .extracting(skipped -> skipped.url())
        .containsExactly("s3://landing/in/07", "s3://landing/in/40");
  }

  @Test
  void whatComesBeforeAnObjectThatChangedIsReadAndTheTaskIsGivenUpThere() throws Exception {
    store.put(TestSpecs.LANDING, "in/09", new byte[6]);

    List<ReadEvent> events = read(FailurePolicy.FAIL_TASK);

    assertThat(lines(events)).hasSize(9).last().isEqualTo("in/08");
    assertThat(events).last().isInstanceOf(ReadEvent.TaskGivenUp.class);
    assertThat(((ReadEvent.TaskGivenUp) events.get(events.size() - 1)).failure().subject())
        .isEqualTo("s3://landing/in/09");
  }

  private List<ReadEvent> read(FailurePolicy policy) throws IOException {
    JobSpec spec = TestSpecs.failing(policy);
    List<ReadEvent> events = new ArrayList<>();
    try (ReadAhead ahead = new ReadAhead(store, TestSpecs.LANDING, ReadAhead.Limits.DEFAULT);
        TaskReader reader =
            new TaskReader(
                spec, new PlannedTask(0, objects), ahead, new ChunkBuffers(0), store, true)) {
      while (!reader.ended()) {
        events.add(reader.next());
      }
    }
    return events;
  }

  private static int lastBeginning(List<ReadEvent> events) {
    int last = 0;
    for (int i = 0; i < events.size(); i++) {
      last = events.get(i) instanceof ReadEvent.TaskStarted ? i : last;
    }
    return last;
  }

  private static List<String> lines(List<ReadEvent> events) {
    return events.stream()
        .filter(Chunk.class::isInstance)
        .map(Chunk.class::cast)
        .map(chunk -> new String(chunk.bytes(), 0, chunk.length(), StandardCharsets.UTF_8).strip())
        .toList();
  }
}

package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.penstock.job.TestSpecs;
import io.penstock.job.record.Chunk;
import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.Compression;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.TaskFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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

  @Test
  void layersOfCompressionAreUndoneAndOneThatIsCutFailsTheTaskByName() throws Exception {
    JobSpec spec = TestSpecs.compressed(List.of(Compression.ZSTD, Compression.GZIP), 1);
    byte[] gzip = gzip("row\n".getBytes(StandardCharsets.UTF_8));
    only(Zstd.compress(gzip));
    assertThat(lines(read(spec))).containsExactly("row");

    only(Zstd.compress(Arrays.copyOf(gzip, gzip.length - 1)));
    assertThat(givenUp(read(spec)))
        .isEqualTo("s3://landing/in/one: unexpected end of gzip stream inside zstd");
  }

  @Test
  void anObjectThatBecomesTooLargeFailsTheTaskByName() throws Exception {
    only(Zstd.compress(gzip(new byte[65 << 20])));

    assertThat(givenUp(read(TestSpecs.compressed(List.of(Compression.ZSTD, Compression.GZIP), 5))))
        .isEqualTo(
            "s3://landing/in/one: the gzip stream inside zstd becomes more than 67108864 bytes,"
                + " which is more than the object's size allows");
  }

  private void only(byte[] stored) throws IOException {
    store.put(TestSpecs.LANDING, "in/one", stored);
    String etag = store.stat(TestSpecs.LANDING, "in/one").orElseThrow().etag();
    objects.clear();
    objects.add(new PlannedObject("in/one", etag, stored.length));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static String givenUp(List<ReadEvent> events) {
    TaskFailure failure = ((ReadEvent.TaskGivenUp) events.get(events.size() - 1)).failure();
    assertThat(failure.code()).isEqualTo(TaskFailure.FailureCode.UNREADABLE);
    return failure.subject() + ": " + failure.reason();
  }

  private List<ReadEvent> read(FailurePolicy policy) throws IOException {
    return read(TestSpecs.failing(policy));
  }

  private List<ReadEvent> read(JobSpec spec) throws IOException {
    List<ReadEvent> events = new ArrayList<>();
    try (ReadAhead ahead = new ReadAhead(store, TestSpecs.LANDING, ReadAhead.Limits.DEFAULT);
        TaskReader reader =
            new TaskReader(spec, new PlannedTask(0, objects), inputs(spec, ahead), store, true)) {
      while (!reader.ended()) {
        events.add(reader.next());
      }
    }
    return events;
  }

  private static TaskObjects inputs(JobSpec spec, ReadAhead ahead) {
    return new AheadObjects(
        ahead, (object, in) -> ObjectReader.ofInput(spec, object, in, new ChunkBuffers(0)));
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

package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ReadEvent;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.junit.jupiter.api.Test;

final class IndexTaskReaderTest {
  private static final PlannedTask TASK =
      new PlannedTask(0, List.of(new PlannedObject("k", "e", 1)));

  @Test
  void aCheckpointBehindTheLastEventRemembersThatTheTaskHasEnded() {
    IndexTaskReader.Progress progress =
        new IndexTaskReader.Progress(new IndexTaskSplit(TASK, false));
    IndexTaskReader.Emitter emitter = new IndexTaskReader.Emitter();
    Collected output = new Collected();

    emitter.emitRecord(new ReadEvent.TaskStarted(TASK), output, progress);
    assertThat(progress.toSplit().ended()).isFalse();
    emitter.emitRecord(new ReadEvent.TaskRead(List.of()), output, progress);

    assertThat(progress.toSplit()).isEqualTo(new IndexTaskSplit(TASK, true));
    assertThat(output.events).hasSize(2);
  }

  /** Keeps what is emitted. */
  private static final class Collected implements SourceOutput<ReadEvent> {
    private final List<ReadEvent> events = new ArrayList<>();

    @Override
    public void collect(ReadEvent event) {
      events.add(event);
    }

    @Override
    public void collect(ReadEvent event, long timestamp) {
      events.add(event);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new UnsupportedOperationException("tasks have no watermarks");
    }

    @Override
    public void markIdle() {
      throw new UnsupportedOperationException("tasks are never idle");
    }

    @Override
    public void markActive() {
      throw new UnsupportedOperationException("tasks are never idle");
    }
  }
}

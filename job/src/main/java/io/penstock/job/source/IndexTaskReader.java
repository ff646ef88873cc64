package io.penstock.job.source;

import io.penstock.job.record.ReadEvent;
import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.JobSpec;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/** Asks for a task, emits its events, asks for the next. */
final class IndexTaskReader
    extends SingleThreadMultiplexSourceReaderBase<
        ReadEvent, ReadEvent, IndexTaskSplit, IndexTaskReader.Progress> {

  /**
   * @param mayBeDone whether tasks may have been finished before this reader was made
   */
  IndexTaskReader(
      JobSpec spec, ObjectStores stores, SourceReaderContext context, boolean mayBeDone) {
    super(
        () -> new IndexTaskSplitReader(spec, stores, mayBeDone),
        new Emitter(),
        context.getConfiguration(),
        context);
  }

  /** Whether a split's last event has been emitted; the task's thread's alone. */
  static final class Progress {
    private final IndexTaskSplit split;
    private boolean ended;

    Progress(IndexTaskSplit split) {
      this.split = split;
      this.ended = split.ended();
    }

    IndexTaskSplit toSplit() {
      return new IndexTaskSplit(split.task(), ended);
    }
  }

  /** Emitting and marking happen in one step, between two checkpoints. */
  static final class Emitter implements RecordEmitter<ReadEvent, ReadEvent, Progress> {
    @Override
    public void emitRecord(ReadEvent event, SourceOutput<ReadEvent> output, Progress progress) {
      output.collect(event);
      progress.ended |= event.endsTask();
    }
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, Progress> finished) {
    context.sendSplitRequest();
  }

  @Override
  protected Progress initializedState(IndexTaskSplit split) {
    return new Progress(split);
  }

  @Override
  protected IndexTaskSplit toSplitType(String splitId, Progress progress) {
    return progress.toSplit();
  }
}

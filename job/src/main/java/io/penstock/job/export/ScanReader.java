package io.penstock.job.export;

import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.export.ExportSpec;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/** Asks for the split and emits its events. */
final class ScanReader
    extends SingleThreadMultiplexSourceReaderBase<
        ScanEvent, ScanEvent, ScanSplit, ScanReader.Progress> {
  ScanReader(ExportSpec spec, ObjectStores stores, SourceReaderContext context) {
    super(
        () -> new ScanSplitReader(spec, stores),
        new Emitter(),
        context.getConfiguration(),
        context);
  }

  /** Whether the last event has been emitted; the task's thread's alone. */
  static final class Progress {
    private boolean ended;

    Progress(ScanSplit split) {
      this.ended = split.ended();
    }
  }

  /** Emitting and marking happen in one step, between two checkpoints. */
  static final class Emitter implements RecordEmitter<ScanEvent, ScanEvent, Progress> {
    @Override
    public void emitRecord(ScanEvent event, SourceOutput<ScanEvent> output, Progress progress) {
      output.collect(event);
      progress.ended |= event instanceof ScanEvent.Ended;
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
  protected Progress initializedState(ScanSplit split) {
    return new Progress(split);
  }

  @Override
  protected ScanSplit toSplitType(String splitId, Progress progress) {
    return new ScanSplit(progress.ended);
  }
}

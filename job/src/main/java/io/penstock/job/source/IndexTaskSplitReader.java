package io.penstock.job.source;

import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.typed.TypedObjects;
import io.penstock.spec.JobSpec;
import io.penstock.spec.RecordFormat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Reads tasks one after another on the fetcher's thread, so that waiting for S3 and decompressing
 * overlap with decoding. One event a fetch: the queue's length bounds the chunks in memory.
 */
final class IndexTaskSplitReader implements SplitReader<ReadEvent, IndexTaskSplit> {
  private final JobSpec spec;
  private final ObjectStore source;
  private final ObjectStore system;
  private final ReadAhead ahead;
  private final ReadAhead runsAhead;
  private final TaskObjects inputs;
  private final TaskObjects runs;
  private final boolean mayBeDone;
  private final Deque<IndexTaskSplit> queue = new ArrayDeque<>();
  private TaskReader current;
  private String currentId;

  IndexTaskSplitReader(JobSpec spec, ObjectStores stores, boolean mayBeDone) {
    this.spec = spec;
    this.source = stores.open(spec.source().access());
    this.system = stores.open(spec.sink().access());
    this.ahead = new ReadAhead(source, spec.source().bucket(), ReadAhead.Limits.DEFAULT);
    this.runsAhead = new ReadAhead(system, spec.sink().bucket(), ReadAhead.Limits.DEFAULT);
    this.mayBeDone = mayBeDone;
    ChunkBuffers buffers = RecordFramer.Limits.DEFAULT.newBuffers();
    this.inputs = inputs(buffers);
    this.runs =
        new AheadObjects(
            runsAhead, (object, stored) -> ObjectReader.ofRun(object, stored, buffers));
  }

  private TaskObjects inputs(ChunkBuffers buffers) {
    RecordFormat format = spec.transform().format();
    if (format.divisible()) {
      return new RangedObjects(source, spec.source().bucket(), new TypedObjects(spec.transform()));
    }
    if (format.typed()) {
      TypedObjects typed = new TypedObjects(spec.transform());
      return new AheadObjects(
          ahead, (object, stored) -> TypedEvents.ofStream(spec, object, stored, typed));
    }
    return new AheadObjects(
        ahead, (object, stored) -> ObjectReader.ofInput(spec, object, stored, buffers));
  }

  @Override
  public RecordsWithSplitIds<ReadEvent> fetch() throws IOException {
    RecordsBySplits.Builder<ReadEvent> events = new RecordsBySplits.Builder<>();
    if (current == null) {
      IndexTaskSplit split = queue.poll();
      if (split == null) {
        return events.build();
      }
      if (split.ended()) {
        events.addFinishedSplit(split.splitId());
        return events.build();
      }
      TaskObjects from = split.task().merges() ? runs : inputs;
      current = new TaskReader(spec, split.task(), from, system, mayBeDone);
      currentId = split.splitId();
    }
    events.add(currentId, current.next());
    if (current.ended()) {
      events.addFinishedSplit(currentId);
      current.close();
      current = null;
    }
    return events.build();
  }

  @Override
  public void handleSplitsChanges(SplitsChange<IndexTaskSplit> change) {
    queue.addAll(change.splits());
  }

  @Override
  public void wakeUp() {
    // A fetch never waits for anything but S3, and S3 answers or times out.
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
    ahead.close();
    runsAhead.close();
    source.close();
    system.close();
  }
}

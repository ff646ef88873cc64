package io.penstock.job.export;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Hands the one split to the one reader. */
final class ScanEnumerator implements SplitEnumerator<ScanSplit, ScanSplit> {
  private final SplitEnumeratorContext<ScanSplit> context;
  private boolean pending;

  /**
   * @param pending whether the split has not been handed out
   */
  ScanEnumerator(SplitEnumeratorContext<ScanSplit> context, boolean pending) {
    this.context = context;
    this.pending = pending;
  }

  @Override
  public void start() {
    // There is nothing to find.
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    if (!context.registeredReaders().containsKey(subtask)) {
      return;
    }
    if (pending) {
      pending = false;
      context.assignSplit(new ScanSplit(false), subtask);
    }
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public void addSplitsBack(List<ScanSplit> splits, int subtask) {
    pending |= splits.stream().anyMatch(split -> !split.ended());
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask when they are ready.
  }

  @Override
  public ScanSplit snapshotState(long checkpointId) {
    return new ScanSplit(!pending);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}

package io.penstock.job.export;

import io.penstock.job.record.RowBatch;
import java.io.IOException;

/**
 * An element of the stream from the scan to the writer: {@link Begun}, then {@link Rows}, then
 * {@link Ended}. After a restore the scan begins anew.
 */
sealed interface ScanEvent permits ScanEvent.Begun, ScanEvent.Rows, ScanEvent.Ended {
  void deliverTo(Receiver receiver) throws IOException;

  /** One method per kind of event. */
  interface Receiver {
    void begun() throws IOException;

    void rows(RowBatch batch) throws IOException;

    void ended(Ended event) throws IOException;
  }

  /** Whatever is held of an unfinished export is void. */
  record Begun() implements ScanEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.begun();
    }
  }

  /**
   * @param batch outputs first, what was read behind them; valid until the next event
   */
  record Rows(RowBatch batch) implements ScanEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.rows(batch);
    }
  }

  /**
   * No row follows.
   *
   * @param rowsInFiles of the plan
   * @param skippedRows that were not delivered, for none of them can be of the interval
   */
  record Ended(long rowsInFiles, long skippedRows) implements ScanEvent {
    @Override
    public void deliverTo(Receiver receiver) throws IOException {
      receiver.ended(this);
    }
  }
}

package io.penstock.job.scan;

import io.penstock.job.record.RowBatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Batches of one file on their way from the thread that decodes to the one that takes them. */
final class BatchQueue {
  private static final int MAX_BATCHES = 32;
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private final Deque<Weighed> batches = new ArrayDeque<>();
  private long bytes;
  private boolean ended;
  private Throwable failure;

  private record Weighed(RowBatch batch, long bytes) {}

  /**
   * Waits for room.
   *
   * @param textBytes of the batch
   */
  synchronized void put(RowBatch batch, long textBytes) throws InterruptedException {
    while (!batches.isEmpty() && (batches.size() == MAX_BATCHES || bytes + textBytes > MAX_BYTES)) {
      wait();
    }
    batches.add(new Weighed(batch, textBytes));
    bytes += textBytes;
    notifyAll();
  }

  /** No batch follows. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** No batch follows, for a reason. */
  synchronized void fail(Throwable reason) {
    failure = reason;
    end();
  }

  /**
   * Waits for a batch; empty at the end. What the other thread met is thrown behind its batches.
   */
  synchronized Optional<RowBatch> take() throws IOException {
    try {
      while (batches.isEmpty() && !ended) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
      interrupted.initCause(e);
      throw interrupted;
    }
    if (!batches.isEmpty()) {
      Weighed first = batches.remove();
      bytes -= first.bytes();
      notifyAll();
      return Optional.of(first.batch());
    }
    if (failure instanceof IOException known) {
      throw known;
    }
    if (failure != null) {
      throw new IllegalStateException("cannot decode", failure);
    }
    return Optional.empty();
  }
}

package io.penstock.job.record;

import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The buffers that one job's threads leave to the next one's. New arrays are cleared, survive into
 * the old generation and cost a full collection when their job has ended; these do not. They are
 * the collector's where the heap is short. Thread-safe.
 *
 * @param <T> holds buffers
 */
public final class Spares<T> {
  private final Queue<SoftReference<T>> left = new ConcurrentLinkedQueue<>();

  /** What has been left the longest ago, and is nobody else's now. */
  public Optional<T> take() {
    SoftReference<T> oldest = left.poll();
    while (oldest != null) {
      T known = oldest.get();
      if (known != null) {
        return Optional.of(known);
      }
      oldest = left.poll();
    }
    return Optional.empty();
  }

  /**
   * @param buffers are no longer used by the caller
   */
  public void leave(T buffers) {
    left.add(new SoftReference<>(buffers));
  }
}

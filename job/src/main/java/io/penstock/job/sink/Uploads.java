package io.penstock.job.sink;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Sends parts while the next rows are written. Used by one thread; the parts that wait or are under
 * way take at most {@link #MAX_KIBIBYTES}.
 */
public final class Uploads implements Closeable {
  private static final int THREADS = 4;
  private static final int MAX_KIBIBYTES = 64 * 1024;
  private static final int KIBIBYTE = 1024;

  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "penstock-upload");
            thread.setDaemon(true);
            return thread;
          });
  private final Semaphore places = new Semaphore(MAX_KIBIBYTES);
  private final PartBuffers buffers = PartBuffers.open();

  PartBuffers buffers() {
    return buffers;
  }

  /** Sends something to S3. */
  @FunctionalInterface
  interface Transfer {
    void run() throws IOException;
  }

  /**
   * Runs a transfer on another thread when {@code before} has succeeded. Waits for memory.
   *
   * @param bytes held until the transfer has ended
   */
  CompletableFuture<Void> after(CompletableFuture<Void> before, int bytes, Transfer transfer)
      throws IOException {
    int needed = Math.min(MAX_KIBIBYTES, bytes / KIBIBYTE + 1);
    try {
      places.acquire(needed);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return before
        .thenRunAsync(() -> unchecked(transfer), executor)
        .whenComplete((done, failure) -> places.release(needed));
  }

  private static void unchecked(Transfer transfer) {
    try {
      transfer.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a transfer gave, or its failure. */
  public static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw new IOException("an upload failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for an upload");
  }

  @Override
  public void close() {
    executor.shutdownNow();
    buffers.close();
  }
}

package io.penstock.job.sink;

import io.penstock.job.s3.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads sealed partitions while the next rows are written. Used by one thread; at most {@link
 * #MAX_WAITING} sealed partitions are in memory.
 */
final class Uploads implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final int THREADS = 4;
  private static final int MAX_WAITING = 16;

  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "penstock-upload");
            thread.setDaemon(true);
            return thread;
          });
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final List<Future<OpenPartition.Sealed>> started = new ArrayList<>();

  /** Waits for a free place. */
  void start(OpenPartition partition) throws IOException {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    started.add(
        executor.submit(
            () -> {
              try {
                return partition.upload();
              } finally {
                places.release();
              }
            }));
  }

  /** All uploads since the last call, in the order they were started. */
  List<OpenPartition.Sealed> await() throws IOException {
    List<OpenPartition.Sealed> sealed = new ArrayList<>();
    for (Future<OpenPartition.Sealed> one : started) {
      sealed.add(get(one));
    }
    started.clear();
    return sealed;
  }

  /** Waits for what is under way and aborts it, as far as that succeeds. */
  void giveUp(Optional<ObjectStore> store, String bucket) {
    for (Future<OpenPartition.Sealed> one : started) {
      try {
        Upload upload = get(one).upload();
        if (store.isPresent()) {
          store.get().abortUpload(bucket, upload.key(), upload.uploadId());
        }
      } catch (IOException e) {
        LOG.debug("cannot abort an upload", e);
      }
    }
    started.clear();
  }

  private static OpenPartition.Sealed get(Future<OpenPartition.Sealed> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
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
  }
}

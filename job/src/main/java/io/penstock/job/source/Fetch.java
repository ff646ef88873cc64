package io.penstock.job.source;

import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.PlannedObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A piece of an object on its way: fetched by one thread, awaited by another. */
final class Fetch {
  /** Between two reads it is seen whether the piece is still wanted. */
  private static final int MOST_AT_ONCE = 256 * 1024;

  /** The object's place in the task. */
  final int place;

  /** Of the piece, in bytes. */
  final int length;

  private final PlannedObject object;
  private final long offset;
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private volatile boolean canceled;

  Fetch(int place, PlannedObject object, long offset, int length) {
    this.place = place;
    this.object = object;
    this.offset = offset;
    this.length = length;
  }

  /**
   * @param buffer at least as long as the piece
   */
  void run(ObjectStore store, String bucket, byte[] buffer) {
    try (InputStream in = store.read(bucket, object.key(), object.etag(), offset, length)) {
      int filled = 0;
      while (filled < length && !canceled) {
        int read = in.read(buffer, filled, Math.min(MOST_AT_ONCE, length - filled));
        if (read < 0) {
          throw new EOFException(object.key() + " ends at byte " + (offset + filled));
        }
        filled += read;
      }
      result.complete(buffer);
    } catch (Throwable e) {
      // Whatever it is, the reader must not wait for ever.
      result.completeExceptionally(e);
    }
  }

  /** Not to be run any more; if it runs, it stops at its next bytes and frees its connection. */
  void cancel() {
    canceled = true;
  }

  boolean canceled() {
    return canceled;
  }

  /**
   * Waits for the bytes; they are at the buffer's front. What the fetching thread met is thrown.
   */
  byte[] await() throws IOException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("cannot read " + object.key(), e.getCause());
    }
  }
}
